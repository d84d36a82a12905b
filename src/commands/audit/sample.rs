//! `docket audit --sample`: the records that an assessor examines, with a checklist for each.

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    app::{App, period::month_of},
    domain::{
        analysis::{
            check::{
                self, CheckContext,
                sample::{Observation, draw, look},
            },
            finding::{FindingCode, Severity},
        },
        base::{ids::RecordId, month::Month},
        deciding::policy::{Policy, people::People},
        history::record::Record,
    },
    error::Result,
    report::markdown,
    store,
    ui::{answer::Answer, terminal::Terminal},
    words::{Words, label::Label, message::Message},
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
#[derive(Debug, Serialize)]
struct SampledRecord {
    id: RecordId,
    title: String,
    /// What its category is called.
    #[serde(skip)]
    category: String,
    #[serde(rename = "looks", serialize_with = "observations")]
    seen: Vec<Observation>,
    /// How many commits touched its file.
    commits: usize,
    /// What `docket check` finds, as codes.
    findings: Vec<&'static str>,
}

/// The sample with what it was drawn by.
#[derive(Debug, Serialize)]
struct AuditSample {
    month: Month,
    seed: String,
    #[serde(rename = "head")]
    revision: String,
    drawn: Vec<SampledRecord>,
    #[serde(skip)]
    words: Words,
    #[serde(skip)]
    people: People,
}

/// What was looked at, as programs read it.
fn observations<S: Serializer>(
    seen: &[Observation],
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct ObservationKeys {
        look: &'static str,
        fact: String,
        holds: Option<bool>,
    }
    serializer.collect_seq(seen.iter().map(|seen| ObservationKeys {
        look: seen.look.code(),
        fact: seen.fact.to_string().trim().to_owned(),
        holds: seen.holds,
    }))
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
        let context = CheckContext { now: desk.now(), policy: &policy };
        let records = draw(&records, month, desk.zone, (wanted, seed), store::sha1);
        let mut drawn = Vec::new();
        for record in records {
            let tip = view.commit();
            let path = store::layout::record(&record.id);
            let log = tip.map(|tip| desk.store.git().log(tip, &path)).transpose()?;
            let found = check::record(record, &context).into_iter().map(|found| found.code);
            let grave = found.filter(|fault| fault.severity() > Severity::Note);
            drawn.push(SampledRecord {
                id: record.id.clone(),
                title: record.status.title.clone(),
                category: category(record, &policy, desk.paper),
                seen: look(record, &context),
                commits: log.map_or(0, |log| log.len()),
                findings: grave.map(FindingCode::code).collect(),
            });
        }
        let revision = view.commit().map(|commit| commit.to_string()).unwrap_or_default();
        let (seed, words, people) = (seed.clone(), desk.paper, policy.people);
        Ok(Some(Box::new(AuditSample { month, seed, revision, drawn, words, people })))
    }
}

/// What the category of a record is called; its code where policy has it no more.
fn category(record: &Record, policy: &Policy, words: Words) -> String {
    let id = record.status.category.as_deref().unwrap_or_default();
    let category = policy.catalog.category(id);
    category.map_or(id, |category| words.of_policy(&category.en, &category.zh)).to_owned()
}

impl Answer for AuditSample {
    fn human(&self, _: &Terminal) -> String {
        let Self { month, words, revision, people, .. } = self;
        let mut text = words.message(&Message::AssessorSample {
            month: *month,
            records: self.drawn.len(),
            seed: markdown(&self.seed),
            revision: revision.get(..10).unwrap_or(revision).to_owned(),
        });
        let head = [Label::CheckPoint, Label::Observed, Label::Fits, Label::Assessor]
            .map(|label| words.label(label))
            .join(" | ");
        for drawn in &self.drawn {
            text += &format!(
                "\n## {} {}\n\n| {head} |\n|---|---|---|---|\n",
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
                    words.check_point(*look),
                    markdown(&words.observed(fact, &drawn.category, people))
                );
            }
            let commits = words.label(Label::Commits);
            text += &format!("| {commits} | {} |  | ☐ |\n", drawn.commits);
            let clean = if drawn.findings.is_empty() { "✓" } else { "✗" };
            let found = words.listed(&drawn.findings);
            let check = words.label(Label::Check);
            text += &format!("| {check} | {found} | {clean} | ☐ |\n");
        }
        text
    }
}
