//! `docket audit --sample`: the records that an assessor looks into, with a check list of each.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{App, period::month_of},
    domain::{
        analysis::{
            check::{
                self, CheckContext,
                sample::{CheckPoint, Observation, draw, look},
            },
            finding::{FindingCode, Severity},
        },
        base::{ids::RecordId, month::Month},
    },
    error::Result,
    report::markdown,
    store,
    ui::{answer::Answer, terminal::Terminal},
    words::Lang,
};

#[derive(Args, Debug)]
pub(super) struct SampleArgs {
    #[arg(long, value_name = "NUMBER", requires = "seed")]
    sample: Option<usize>,
    #[arg(long, value_name = "SEED", requires = "sample")]
    seed: Option<String>,
    #[arg(long, value_name = "MONTH|last", requires = "sample")]
    month: Option<String>,
}

/// A record that was drawn.
#[derive(Debug)]
struct SampledRecord {
    id: RecordId,
    title: String,
    seen: Vec<Observation>,
    /// How many commits touched its file.
    commits: usize,
    /// What `docket check` finds, as codes.
    findings: Vec<&'static str>,
}

/// The sample with what it was drawn by.
#[derive(Debug)]
struct AuditSample {
    month: Month,
    seed: String,
    revision: String,
    drawn: Vec<SampledRecord>,
    lang: Lang,
}

impl SampleArgs {
    /// The sample, if one is wanted.
    pub(super) fn answer(&self, app: &App<'_>) -> Result<Option<Box<dyn Answer>>> {
        let (Some(wanted), Some(seed)) = (self.sample, &self.seed) else {
            return Ok(None);
        };
        let desk = app.desk()?;
        let given = self.month.as_deref().unwrap_or("last");
        let month = Month::of(month_of(Some(given), desk.now().date())?);
        let view = desk.view()?;
        let (records, policy) = (desk.records(&view)?, desk.policy_to_look(&view)?);
        let measure = CheckContext { now: desk.now(), policy: &policy };
        let records = draw(&records, month, desk.zone, (wanted, seed), store::sha1);
        let mut drawn = Vec::new();
        for record in records {
            let tip = view.commit();
            let path = store::layout::record(&record.id);
            let log = tip.map(|tip| desk.store.git().log(tip, &path)).transpose()?;
            let found = check::record(record, &measure).into_iter().map(|found| found.fault);
            let grave = found.filter(|fault| fault.severity() > Severity::Note);
            drawn.push(SampledRecord {
                id: record.id.clone(),
                title: record.status.title.clone(),
                seen: look(record, &measure),
                commits: log.map_or(0, |log| log.len()),
                findings: grave.map(FindingCode::code).collect(),
            });
        }
        let revision = view.commit().map(|commit| commit.to_string()).unwrap_or_default();
        let (seed, lang) = (seed.clone(), desk.words.lang());
        Ok(Some(Box::new(AuditSample { month, seed, revision, drawn, lang })))
    }
}

/// What a look is called.
fn name(look: CheckPoint, lang: Lang) -> &'static str {
    match (look, lang) {
        (CheckPoint::Classified, Lang::En) => "classified",
        (CheckPoint::Classified, Lang::Zh) => "分类",
        (CheckPoint::Priority, Lang::En) => "priority",
        (CheckPoint::Priority, Lang::Zh) => "优先级",
        (CheckPoint::Response, Lang::En) => "answered in time",
        (CheckPoint::Response, Lang::Zh) => "按时响应",
        (CheckPoint::Resolution, Lang::En) => "solved in time",
        (CheckPoint::Resolution, Lang::Zh) => "按时解决",
        (CheckPoint::Escalation, Lang::En) => "escalated",
        (CheckPoint::Escalation, Lang::Zh) => "升级",
        (CheckPoint::Extension, Lang::En) => "extensions",
        (CheckPoint::Extension, Lang::Zh) => "延期次数",
        (CheckPoint::Callback, Lang::En) => "called back by another",
        (CheckPoint::Callback, Lang::Zh) => "由他人回访",
        (CheckPoint::Closing, Lang::En) => "closed",
        (CheckPoint::Closing, Lang::Zh) => "关闭",
    }
}

impl Answer for AuditSample {
    fn human(&self, _: &Terminal) -> String {
        let Self { month, seed, revision, lang, .. } = self;
        let (count, revision) = (self.drawn.len(), revision.get(..10).unwrap_or(revision));
        let seed = markdown(seed);
        let mut text = match lang {
            Lang::En => format!(
                "# AuditSample of {month}\n\n{count} records · seed {seed} · data {revision}\n\nDrawn by \
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
            for Observation { look, fact, holds } in &drawn.seen {
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
        let drawn = |drawn: &SampledRecord| {
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
