//! Teaching git to merge a desk's files as docket does.

use std::{fs, path::Path};

use super::{
    Repository,
    error::{Error, FileTask},
    lock::private,
};

/// What is merged by docket, besides the files that are told.
const ATTRIBUTES: [&str; 3] =
    ["records/** merge=docket", "contacts/** merge=docket", "customers/** merge=docket"];

/// Version of what git is taught, before the program's path.
const WAY: &str = "4 ";

impl Repository {
    /// Lets git call `program` for records, people, customers and `files` that both sides of a merge
    /// changed, and keeps it from rebasing on pull and from taking two alike files for a renamed one.
    /// False where this clone was taught before; what somebody has set otherwise stays.
    pub fn install_merge_driver(&self, program: &Path, files: &[&str]) -> Result<bool, Error> {
        let mark = self.home().join("driver");
        let mark_text = fs::read_to_string(&mark).unwrap_or_default();
        let mark_text = mark_text.strip_prefix(WAY).unwrap_or_default();
        if self.inner.is_bare() || !mark_text.is_empty() && Path::new(mark_text.trim_end()).exists()
        {
            return Ok(false);
        }
        let Some(program) =
            program.to_str().filter(|program| !program.contains(['"', '$', '`', '\\', '\n']))
        else {
            return Ok(false);
        };
        self.set_config("merge.docket.name", "docket: every event of both sides")?;
        // what docket cannot merge, or where it is gone, is left with marks that nobody overlooks
        let call = format!(
            "\"${{DOCKET:-{program}}}\" merge-driver %O %A %B %P || {{ git merge-file -q %A %O %B; exit 1; }}"
        );
        self.set_config("merge.docket.driver", &call)?;
        for (key, value) in [("merge.renames", "false"), ("pull.rebase", "false")] {
            if self.config(key)?.is_none() {
                self.set_config(key, value)?;
            }
        }
        let folder = self.common.join("info");
        let path = folder.join("attributes");
        let mut text = fs::read_to_string(&path).unwrap_or_default();
        let lines = ATTRIBUTES.into_iter().map(str::to_owned);
        let lines = lines.chain(files.iter().map(|path| format!("/{path} merge=docket")));
        let missing: Vec<_> = lines.filter(|line| text.lines().all(|own| own != line)).collect();
        if !missing.is_empty() {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            for line in missing {
                text += &format!("{line}\n");
            }
            let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text));
            written.map_err(Error::io(FileTask::Write, &path))?;
        }
        self.make_home()?;
        let marked = private().create(true).truncate(true).open(&mark);
        let line = format!("{WAY}{program}\n");
        let marked =
            marked.and_then(|mut file| std::io::Write::write_all(&mut file, line.as_bytes()));
        marked.map_err(Error::io(FileTask::Write, &mark))?;
        Ok(true)
    }
}
