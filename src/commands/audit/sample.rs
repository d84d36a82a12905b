//! `docket audit --sample`: the records that an assessor looks into, with a check list of each.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::App,
    commands::period::month_of,
    domain::{
        analysis::{
            check::{
                self, Measure,
                sample::{Look, Seen, draw, look},
            },
            finding::{Fault, Severity},
        },
        base::{ids::RecordId, month::Month},
    },
    error::Result,
    report::markdown,
    store,
    ui::{answer::Answer, paper::Paper},
    words::Lang,
};

/// Which sample is drawn.
#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// Draw so many records of the month and print a check list of each, instead of the audit
    #[arg(long, value_name = "N", requires = "seed")]
    sample: Option<usize>,
    /// What the assessor chose, and nobody at the desk: any word
    #[arg(long, value_name = "S", requires = "sample")]
    seed: Option<String>,
    /// Month such as 2026-11; without it, the last one
    #[arg(long, value_name = "YYYY-MM|last", requires = "sample")]
    month: Option<String>,
}

/// A record that was drawn.
#[derive(Debug)]
struct Drawn {
    id: RecordId,
    title: String,
    seen: Vec<Seen>,
    /// How many commits touched its file.
    commits: usize,
    /// What `docket check` finds, as codes.
    findings: Vec<&'static str>,
}

/// The sample with what it was drawn by.
#[derive(Debug)]
struct Sample {
    month: Month,
    seed: String,
    revision: String,
    drawn: Vec<Drawn>,
    lang: Lang,
}

impl Wanted {
    /// The sample, if one is wanted.
    ///
    /// # Errors
    /// A month that is none, or a damaged repository.
    pub(super) fn answer(&self, app: &App<'_>) -> Result<Option<Box<dyn Answer>>> {
        let (Some(wanted), Some(seed)) = (self.sample, &self.seed) else {
            return Ok(None);
        };
        let desk = app.desk()?;
        let given = self.month.as_deref().unwrap_or("last");
        let month = Month::of(month_of(Some(given), desk.now().date())?);
        let view = desk.view()?;
        let (records, policy) = (desk.records(&view)?, desk.policy_to_look(&view)?);
        let measure = Measure { now: desk.now(), policy: &policy };
        let records = draw(&records, month, desk.zone, (wanted, seed), store::sha1);
        let mut drawn = Vec::new();
        for record in records {
            let tip = view.commit();
            let path = store::layout::record(&record.id);
            let log = tip.map(|tip| desk.store.git().log(tip, &path)).transpose()?;
            let found = check::record(record, &measure).into_iter().map(|found| found.fault);
            let grave = found.filter(|fault| fault.severity() > Severity::Note);
            drawn.push(Drawn {
                id: record.id.clone(),
                title: record.status.title.clone(),
                seen: look(record, &measure),
                commits: log.map_or(0, |log| log.len()),
                findings: grave.map(Fault::code).collect(),
            });
        }
        let revision = view.commit().map(|commit| commit.to_string()).unwrap_or_default();
        let (seed, lang) = (seed.clone(), desk.words.lang);
        Ok(Some(Box::new(Sample { month, seed, revision, drawn, lang })))
    }
}

/// What a look is called.
fn name(look: Look, lang: Lang) -> &'static str {
    match (look, lang) {
        (Look::Classified, Lang::En) => "classified",
        (Look::Classified, Lang::Zh) => "分类",
        (Look::Priority, Lang::En) => "priority",
        (Look::Priority, Lang::Zh) => "优先级",
        (Look::Response, Lang::En) => "answered in time",
        (Look::Response, Lang::Zh) => "按时响应",
        (Look::Resolution, Lang::En) => "solved in time",
        (Look::Resolution, Lang::Zh) => "按时解决",
        (Look::Escalation, Lang::En) => "escalated",
        (Look::Escalation, Lang::Zh) => "升级",
        (Look::Extension, Lang::En) => "extensions",
        (Look::Extension, Lang::Zh) => "延期次数",
        (Look::Callback, Lang::En) => "called back by another",
        (Look::Callback, Lang::Zh) => "由他人回访",
        (Look::Closing, Lang::En) => "closed",
        (Look::Closing, Lang::Zh) => "关闭",
    }
}

impl Answer for Sample {
    fn human(&self, _: &Paper) -> String {
        let Self { month, seed, revision, lang, .. } = self;
        let (count, revision) = (self.drawn.len(), revision.get(..10).unwrap_or(revision));
        let seed = markdown(seed);
        let mut text = match lang {
            Lang::En => format!(
                "# Sample of {month}\n\n{count} records · seed {seed} · data {revision}\n\nDrawn by \
                 the smallest numbers of `printf '%s' 'ID SEED' | sha1sum | cut -c1-8` among the \
                 records closed in the month.\n"
            ),
            Lang::Zh => format!(
                "# {month} 抽样\n\n{count} 条记录 · 种子 {seed} · 数据版本 {revision}\n\n在当月关闭的记录中，\
                 取 `printf '%s' 'ID SEED' | sha1sum | cut -c1-8` 数值最小者。\n"
            ),
        };
        let head = match lang {
            Lang::En => "| look at | there | as it should be | assessor |",
            Lang::Zh => "| 核查项 | 实际 | 符合 | 评估人 |",
        };
        for drawn in &self.drawn {
            text += &format!(
                "\n## {} {}\n\n{head}\n|---|---|---|---|\n",
                drawn.id,
                markdown(&drawn.title)
            );
            for Seen { look, fact, holds } in &drawn.seen {
                let mark = match holds {
                    Some(true) => "✓",
                    Some(false) => "✗",
                    None => "",
                };
                text += &format!(
                    "| {} | {} | {mark} | ☐ |\n",
                    name(*look, *lang),
                    markdown(fact.trim())
                );
            }
            let (commits, found) = (drawn.commits, drawn.findings.join(", "));
            let clean = if drawn.findings.is_empty() { "✓" } else { "✗" };
            text += &match lang {
                Lang::En => format!(
                    "| commits | {commits} |  | ☐ |\n| docket check | {found} | {clean} | ☐ |\n"
                ),
                Lang::Zh => format!(
                    "| 提交数 | {commits} |  | ☐ |\n| docket check | {found} | {clean} | ☐ |\n"
                ),
            };
        }
        text
    }

    fn json(&self) -> Value {
        let drawn = |drawn: &Drawn| {
            let looks = drawn.seen.iter().map(|seen| {
                json!({ "look": name(seen.look, Lang::En), "fact": seen.fact.trim(), "holds": seen.holds })
            });
            json!({
                "id": drawn.id,
                "title": drawn.title,
                "looks": looks.collect::<Vec<_>>(),
                "commits": drawn.commits,
                "findings": drawn.findings,
            })
        };
        json!({
            "format": 1,
            "month": self.month.to_string(),
            "seed": self.seed,
            "head": self.revision,
            "drawn": self.drawn.iter().map(drawn).collect::<Vec<_>>(),
        })
    }
}
