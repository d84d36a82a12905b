//! Templates of a desk, which may be written to hang: they are rendered by a docket process of their
//! own, which may only take so much time and memory and write so much.
//!
//! Tera counts neither steps nor bytes: an empty loop in a loop takes for ever, and a text that is
//! doubled in a loop takes all memory, which ends the process. The bounds grow with the values, so
//! that they never meet a long report.

use std::{
    env,
    io::{self, Write},
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
};

use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{OutputKind, Template};
use crate::{
    error::template::{Bound, TemplateError},
    words::Lang,
};

/// The verb by which docket renders for itself.
pub const VERB: &str = "render-template";

const MEBIBYTE: u64 = 1024 * 1024;

/// What rendering may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    /// Of computing.
    seconds: u64,
    /// Bytes of address space.
    memory: u64,
    /// Bytes written.
    output: u64,
}

/// What is rendered, as one process tells it to another.
#[derive(Debug, Serialize, Deserialize)]
struct Job {
    writing: OutputKind,
    lang: String,
    path: String,
    template: String,
    values: Value,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RenderOutcome {
    Rendered(String),
    Fault { why: String, near: Vec<String> },
    Beyond(Bound),
}

impl Bounds {
    /// For a job of so many bytes.
    fn of(size: usize) -> Self {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        let more = |factor: u64| size.saturating_mul(factor);
        Self {
            seconds: 4 + size / MEBIBYTE,
            memory: (512 * MEBIBYTE).saturating_add(more(64)),
            output: (8 * MEBIBYTE).saturating_add(more(16)),
        }
    }

    /// Holds this process to them from now on.
    fn impose(self) -> io::Result<()> {
        let limit = |resource, most: u64, hard: u64| {
            // a narrower one that the process was given stays
            let given = getrlimit(resource).maximum.unwrap_or(u64::MAX);
            let (current, maximum) = (Some(most.min(given)), Some(hard.min(given)));
            setrlimit(resource, Rlimit { current, maximum })
        };
        limit(Resource::Core, 0, 0)?;
        limit(Resource::As, self.memory, self.memory)?;
        limit(Resource::Cpu, self.seconds, self.seconds + 1)?;
        Ok(())
    }

    /// Which of them ended a process.
    fn broken_by(self, status: ExitStatus) -> Bound {
        match status.signal() {
            Some(signal) if signal == Signal::XCPU.as_raw() || signal == Signal::KILL.as_raw() => {
                Bound::Time { seconds: self.seconds }
            }
            _ => Bound::Memory { mebibytes: self.memory / MEBIBYTE },
        }
    }
}

/// Renders values by a template of the desk, in a process of its own.
pub(super) fn render<T: Serialize>(
    writing: OutputKind,
    lang: Lang,
    template: Template<'_>,
    values: &T,
) -> Result<String, TemplateError> {
    let path = template.path.to_owned();
    let fault =
        |why: String| TemplateError::Fault { template: path.clone(), why, near: Vec::new() };
    let values = serde_json::to_value(values).map_err(|error| fault(error.to_string()))?;
    let job = Job {
        writing,
        lang: lang.code().to_owned(),
        path: path.clone(),
        template: template.text.to_owned(),
        values,
    };
    let job = serde_json::to_vec(&job).map_err(|error| fault(error.to_string()))?;
    let ended = run(&job).map_err(|error| fault(format!("cannot be rendered apart: {error}")))?;
    let bounds = Bounds::of(job.len());
    let beyond = |bound| TemplateError::Beyond { template: path.clone(), bound };
    match serde_json::from_slice(&ended.stdout) {
        Ok(RenderOutcome::Rendered(text)) => Ok(text),
        Ok(RenderOutcome::Fault { why, near }) => {
            Err(TemplateError::Fault { template: path.clone(), why, near })
        }
        Ok(RenderOutcome::Beyond(bound)) => Err(beyond(bound)),
        Err(_) => Err(beyond(bounds.broken_by(ended.status))),
    }
}

fn run(job: &[u8]) -> io::Result<std::process::Output> {
    let mut child = Command::new(own_program()?)
        .arg(VERB)
        .env_clear()
        // in KiB; the allocator else takes a gibibyte of addresses before there is a bound
        .env("MIMALLOC_ARENA_RESERVE", "16384")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // how it ended says more than that it read no further
        let _ = input.write_all(job);
    }
    child.wait_with_output()
}

/// This program, also where another version was put in its place meanwhile.
fn own_program() -> io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { Ok(running) } else { env::current_exe() }
}

/// Renders a job that `render` tells of, and says what came of it; holds this process to the
/// job's bounds.
pub fn perform(job: &[u8]) -> io::Result<String> {
    let bounds = Bounds::of(job.len());
    bounds.impose()?;
    let job: Job = serde_json::from_slice(job)?;
    let lang = Lang::from_tag(&job.lang).unwrap_or_default();
    let template = Template { path: &job.path, text: &job.template };
    let rendered = super::render_here(job.writing, lang, template, &job.values, bounds.output);
    let outcome = match rendered {
        Ok(text) => RenderOutcome::Rendered(text),
        Err(TemplateError::Fault { why, near, .. }) => RenderOutcome::Fault { why, near },
        Err(TemplateError::Beyond { bound, .. }) => RenderOutcome::Beyond(bound),
    };
    Ok(serde_json::to_string(&outcome)?)
}

/// Takes so many bytes and then no more.
pub(super) struct LimitedBuffer {
    pub(super) text: Vec<u8>,
    most: u64,
    pub(super) is_full: bool,
}

impl LimitedBuffer {
    pub(super) fn to(most: u64) -> Self {
        Self { text: Vec::new(), most, is_full: false }
    }

    pub(super) fn bound(&self) -> Bound {
        Bound::Output { mebibytes: self.most / MEBIBYTE }
    }
}

impl Write for LimitedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let size = self.text.len().saturating_add(bytes.len());
        if u64::try_from(size).is_ok_and(|size| size <= self.most) {
            self.text.extend_from_slice(bytes);
            return Ok(bytes.len());
        }
        self.is_full = true;
        Err(io::ErrorKind::FileTooLarge.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_report_may_take_more_than_a_short_one() {
        let (short, long) = (Bounds::of(10), Bounds::of(50 * 1024 * 1024));
        assert_eq!(short.seconds, 4);
        assert_eq!(long.seconds, 54);
        assert!(long.memory > short.memory && long.output > short.output);
    }

    #[test]
    fn what_is_written_ends_at_its_bound() {
        let mut limited = LimitedBuffer::to(4);
        assert!(limited.write_all(b"abcd").is_ok() && !limited.is_full);
        assert!(limited.write_all(b"e").is_err() && limited.is_full);
        assert_eq!(limited.text, b"abcd");
    }
}
