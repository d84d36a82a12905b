//! `docket report`: what leaves the desk on paper.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::{
    app::{
        App,
        desk::{AsOf, OpenDesk},
    },
    commands::{
        Command, kpi,
        period::{covered, last_of, month_of, spans},
        survey::sample::Pool,
        terms::term,
    },
    domain::{
        analysis::kpi::{Kpi, KpiWindow, PeriodCases, Split, count_after, targets::repeat_days},
        base::{
            moment::{Moment, Use},
            month::Month,
            nearest::nearest,
            terms::Kind,
            time::Timestamp,
        },
        deciding::policy::Policy,
        history::{contact::Contact, record::Record, refusal::Refusal},
    },
    error::{Error, Result, usage::Usage},
    report::{
        self, ReportContent, card, complaint,
        day::{self, DayForm},
        faults,
        fields::fields,
        format::Format,
        kpi::Figures,
        register::{self, Period},
        request, service, survey,
        values::{Notes, Privacy, Sources},
    },
    store::{
        find::{Purpose, RecordRef},
        git::ids::CommitId,
        outside,
        selection::{Condition, Selection},
        view::View,
    },
    ui::{
        answer::{Answer, AnswerFormat, Text},
        spreadsheet,
        terminal::Terminal,
    },
    words::{MissingField, RefusalDetails},
};

/// Print a report; docket report --list names them all
#[derive(Args, Debug)]
#[command(
    after_help = "Examples: docket report register --month 2026-11 --lang zh-CN -o register.md\n          \
                  docket report kpi --month last --by unit\n          \
                  docket report kpi --explain response_ontime"
)]
pub struct Report {
    /// Such as register, request, daily or kpi
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// Record, for the reports of one
    record: Option<RecordRef>,
    /// Month such as 2026-11, or `last`
    #[arg(long, value_name = "YYYY-MM|last", conflicts_with_all = ["from", "to"])]
    month: Option<String>,
    /// First time of the period
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    from: Option<Moment>,
    /// Last time of the period
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    to: Option<Moment>,
    /// As it was known at a time, or stood in a revision
    #[arg(long, value_name = "T|REV", allow_hyphen_values = true)]
    as_of: Option<AsOf>,
    /// kpi: split by kind, level, unit, person, customer or channel
    #[arg(long, value_name = "WHAT", value_parser = term::<Split>)]
    by: Option<Split>,
    /// kpi: list what is in the numerator and the denominator of a figure
    #[arg(long, value_name = "KPI", conflicts_with = "list")]
    explain: Option<String>,
    /// md, html, json or csv
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// Where to write it, if not to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show personal data
    #[arg(long)]
    reveal: bool,
    /// List the reports there are
    #[arg(long)]
    list: bool,
    /// List what the report's template may use
    #[arg(long)]
    fields: bool,
}

/// A report ready to be read, with the same for programs.
#[derive(Debug)]
struct ReportAnswer {
    text: String,
    json: Value,
}

/// Names with what they mean.
#[derive(Debug)]
struct Glossary {
    /// Of what: `reports`, `fields`.
    of: &'static str,
    entries: Vec<(String, &'static str)>,
}

fn format(typed: &str) -> std::result::Result<Format, String> {
    let known = Format::ALL.iter().find(|(name, _)| *name == typed);
    known.map(|(_, format)| *format).ok_or_else(|| {
        let names: Vec<_> = Format::ALL.iter().map(|(name, _)| *name).collect();
        format!("one of: {}", names.join(" "))
    })
}

impl Command for Report {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        if self.list {
            let words = app.desk().map_or_else(|_| app.ui.words(), |desk| desk.words);
            let entries = report::REPORTS.iter();
            let entries = entries.map(|about| (about.name.to_owned(), about.line(words.lang())));
            return Ok(Box::new(Glossary { of: "reports", entries: entries.collect() }));
        }
        let name = known_name(self.name.as_deref().unwrap_or_default())?;
        if name != "kpi" && (self.by.is_some() || self.explain.is_some()) {
            let other = if self.by.is_some() { "--by" } else { "--explain" };
            return Err(Error::Usage(Usage::NotBoth { one: name, other }));
        }
        let desk = app.desk()?;
        if self.fields {
            let entries = fields(name, desk.words.lang());
            return Ok(Box::new(Glossary { of: "fields", entries }));
        }
        let view = desk.view_of(self.as_of.as_ref())?;
        if self.explain.is_some() && self.format == Some(Format::Html) {
            let one = "--explain";
            return Err(Error::Usage(Usage::NotBoth { one, other: "--format html" }));
        }
        let explain = self.explain.as_deref().map(kpi::named).transpose()?;
        let printed = match explain {
            Some(kpi) => self.explained(kpi, &desk, &view)?,
            None => self.printed(name, &desk, &view)?,
        };
        match &self.output {
            None => Ok(Box::new(printed)),
            Some(path) => {
                let path = app.environment.directory.join(path);
                outside::put(&path, printed.text.as_bytes())
                    .map_err(|source| Error::Io { what: path.display().to_string(), source })?;
                Ok(Box::new(Text(format!("{}\n", path.display()))))
            }
        }
    }
}

/// The report that is meant.
fn known_name(given: &str) -> Result<&'static str> {
    let names = || report::REPORTS.iter().map(|about| about.name);
    names().find(|name| *name == given).ok_or_else(|| {
        let near = nearest(given, names());
        Error::Usage(Usage::NoReport { given: given.to_owned(), near })
    })
}

impl Report {
    fn privacy(&self) -> Privacy {
        if self.reveal { Privacy::Revealed } else { Privacy::Masked }
    }

    fn format(&self, desk: &OpenDesk<'_>) -> Format {
        let wished =
            if desk.app.ui.shape == AnswerFormat::Json { Format::Json } else { Format::Markdown };
        self.format.unwrap_or(wished)
    }

    fn printed(&self, name: &str, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportAnswer> {
        let made = match name {
            "register" => self.register(desk, view)?,
            "request" => self.request(desk, view)?,
            "complaint-form" => self.complaint_form(desk, view)?,
            "complaint-register" => self.complaint_register(desk, view)?,
            "survey" => self.survey(desk, view)?,
            "daily" => self.sheet(DayForm::Daily, desk, view)?,
            "faults" => self.faults(desk, view)?,
            "service" => self.service(desk, view)?,
            "card" => {
                let revision = view.commit().map(CommitId::short).unwrap_or_default();
                card::made(&view.policy()?, &revision, desk.words)?
            }
            "handover" => self.sheet(DayForm::Handover, desk, view)?,
            _ => self.kpi(desk, view)?,
        };
        let json = made.json();
        let text = match self.format(desk) {
            Format::Markdown => {
                let own = view.text(&report::override_path(name, desk.words.lang()))?;
                made.markdown(desk.words, own.as_deref())?
            }
            Format::Html => {
                let own = view.text(&report::override_path(name, desk.words.lang()))?;
                made.page(desk.words, own.as_deref())?
            }
            Format::Json => format!("{json:#}\n"),
            Format::Csv => spreadsheet::csv(&made.rows),
        };
        Ok(ReportAnswer { text, json })
    }

    fn explained(&self, kpi: Kpi, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportAnswer> {
        let policy = view.policy()?;
        let (from, to) = self.period(desk, &policy)?;
        let period = covered(desk, view, from, to);
        let asked = kpi::KpiQuery { from, to: to.plus_seconds(1), by: self.by, period: &period };
        let explained = kpi::explained(desk, view, kpi, &asked)?;
        let ui = desk.app.ui;
        let terminal = Terminal { words: desk.words, styled: false, width: ui.width };
        let json = explained.json();
        let text = match self.format(desk) {
            Format::Markdown | Format::Html => explained.human(&terminal),
            Format::Json => format!("{json:#}\n"),
            Format::Csv => explained.csv(&terminal),
        };
        Ok(ReportAnswer { text, json })
    }

    fn kpi(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let policy = view.policy()?;
        let (from, to) = self.period(desk, &policy)?;
        let period = covered(desk, view, from, to);
        let asked = kpi::KpiQuery { from, to: to.plus_seconds(1), by: self.by, period: &period };
        kpi::made(desk, view, &asked)
    }

    /// The period beside the five before it, each as long or, for months, a month.
    fn service(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let policy = view.policy()?;
        let targets = view.targets()?;
        let (from, to) = self.period(desk, &policy)?;
        let repeat_days = targets.as_ref().map_or_else(repeat_days, |targets| targets.repeat_days);
        let window =
            |(from, to)| KpiWindow { from, to, now: desk.now(), policy: &policy, repeat_days };
        let spans = spans(from, to.plus_seconds(1), desk.zone);
        let earliest = spans.iter().map(|(_, from, _)| *from).min().unwrap_or(from);
        let (records, earlier) = kpi::that_matter(desk, view, earliest, repeat_days)?;
        let trend: Vec<(String, PeriodCases<'_>)> = spans
            .into_iter()
            .map(|(label, from, to)| (label, count_after(&records, &earlier, &window((from, to)))))
            .collect();
        let Some((_, counted)) = trend.last() else { return Err(Error::Usage(Usage::Backwards)) };
        let (contacts, left_out) = view.contacts()?;
        desk.name_left_out(&left_out);
        let (words, privacy) = (desk.words, self.privacy());
        let sources =
            Sources { policy: &policy, words, contacts: &contacts, privacy, notes: Notes::Shared };
        let window = &window((from, to.plus_seconds(1)));
        let targets = targets.as_ref();
        let figures = Figures { counted, window, targets, by: None, words };
        let period = covered(desk, view, from, to);
        Ok(service::made(
            &service::ServiceInput { figures, trend: &trend, period: &period },
            &sources,
        )?)
    }

    /// The record that a report of one is about, with the contacts it names.
    fn named(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<(Record, Vec<Contact>)> {
        let Some(wanted) = &self.record else {
            let field = MissingField { field: "ID".to_owned(), flag: "ID".to_owned() };
            return Err(Error::Missing { command: "report", fields: vec![field] });
        };
        let record = desk.record(view, wanted, Purpose::Show)?;
        let contacts = view.contacts_of(&record)?;
        Ok((record, contacts))
    }

    fn request(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let (record, contacts) = self.named(desk, view)?;
        let policy = view.policy()?;
        let revision = &view.commit().map(CommitId::short).unwrap_or_default();
        let case = request::RequestInput {
            record: &record,
            policy: &policy,
            contacts: &contacts,
            revision,
        };
        Ok(request::made(&case, desk.words, self.privacy())?)
    }

    fn complaint_form(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let (record, contacts) = self.named(desk, view)?;
        let policy = view.policy()?;
        let revision = &view.commit().map(CommitId::short).unwrap_or_default();
        let case = request::RequestInput {
            record: &record,
            policy: &policy,
            contacts: &contacts,
            revision,
        };
        complaint::made(&case, desk.words, self.privacy())?.ok_or_else(|| {
            let refusal = Refusal::OnlyComplaint { flag: "complaint-form" };
            let record = Some(record.id.clone());
            Error::Refused(Box::new(RefusalDetails { record, ..RefusalDetails::plain(refusal) }))
        })
    }

    fn complaint_register(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let policy = view.policy()?;
        let (period, mut records) = self.of_period(desk, view, &policy)?;
        records.retain(|record| record.status.complaint.is_some());
        let (contacts, left_out) = view.contacts()?;
        desk.name_left_out(&left_out);
        let (words, privacy) = (desk.words, self.privacy());
        let sources =
            Sources { policy: &policy, words, contacts: &contacts, privacy, notes: Notes::All };
        Ok(complaint::register(&records, &period, &sources)?)
    }

    fn register(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let policy = view.policy()?;
        let (period, records) = self.of_period(desk, view, &policy)?;
        let (words, privacy) = (desk.words, self.privacy());
        let sources =
            Sources { policy: &policy, words, contacts: &[], privacy, notes: Notes::Shared };
        Ok(register::made(&records, &period, &sources)?)
    }

    /// Faults by when they were solved, not by when they came in.
    fn faults(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let policy = view.policy()?;
        let (from, to) = self.period(desk, &policy)?;
        let wanted = Selection::of(Condition::Kind(Kind::Fault)).and(Condition::TouchedSince(from));
        let (mut records, _) = desk.chosen(view, &wanted)?;
        records.retain(|record| {
            let done = record.status.resolution.as_ref().map(|done| done.done_at);
            record.status.kind == Kind::Fault && done.is_some_and(|at| (from..=to).contains(&at))
        });
        let (words, privacy) = (desk.words, self.privacy());
        let sources =
            Sources { policy: &policy, words, contacts: &[], privacy, notes: Notes::Shared };
        Ok(faults::made(&records, &covered(desk, view, from, to), &sources)?)
    }

    /// The period, and the records that came in during it, oldest first.
    fn of_period(
        &self,
        desk: &OpenDesk<'_>,
        view: &View<'_>,
        policy: &Policy,
    ) -> Result<(Period, Vec<Record>)> {
        let (from, to) = self.period(desk, policy)?;
        let wanted = Selection::of(Condition::ReceivedFrom(from)).and(Condition::ReceivedTo(to));
        let (mut records, _) = desk.chosen(view, &wanted)?;
        records.sort_by_key(|record| (record.status.received_at, record.id.clone()));
        Ok((covered(desk, view, from, to), records))
    }

    fn survey(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let policy = view.policy()?;
        let (from, to) = self.period(desk, &policy)?;
        let records = desk.records(view)?;
        let pool = Pool::new(desk, view, &records, &policy)?;
        let mut samples = Vec::new();
        let now = desk.now();
        // Nothing was closed before the first record came, nor will be after today.
        let oldest = records.iter().map(|record| record.status.received_at).min().unwrap_or(now);
        let mut month = Month::of(from.max(oldest).in_zone(desk.zone).date());
        while month.starts(desk.zone) <= now && month.ends(desk.zone).plus_seconds(-1) <= to {
            if month.starts(desk.zone) >= from {
                samples.push(pool.sample(month));
            }
            month = month.after();
        }
        let contacts = pool.contacts();
        let (words, privacy) = (desk.words, self.privacy());
        let sources =
            Sources { policy: &policy, words, contacts: &contacts, privacy, notes: Notes::All };
        let period = covered(desk, view, from, to);
        let asked = survey::SurveyInput {
            records: &records,
            samples: &samples,
            from,
            to,
            now,
            period: &period,
        };
        Ok(survey::made(&asked, &sources)?)
    }

    fn sheet(&self, sheet: DayForm, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<ReportContent> {
        let policy = view.policy()?;
        let wanted = Selection::of(Condition::Unfinished);
        let (records, _) = desk.chosen(view, &wanted)?;
        let (words, privacy) = (desk.words, self.privacy());
        let sources = Sources { policy: &policy, words, contacts: &[], privacy, notes: Notes::All };
        let revision = view.commit().map(CommitId::short).unwrap_or_default();
        Ok(day::made(sheet, &records, desk.now(), &revision, &sources)?)
    }

    /// First and last second of the period: this month unless something else was said.
    fn period(&self, desk: &OpenDesk<'_>, policy: &Policy) -> Result<(Timestamp, Timestamp)> {
        let now = desk.now();
        let time = |flag, moment: Moment, reading| {
            moment
                .resolve(now, reading, desk.zone, Some(&policy.calendar))
                .map_err(|fault| Error::Time { flag, fault })
        };
        let first = month_of(self.month.as_deref(), now.date())?;
        let from = time("--from", self.from.unwrap_or(Moment::DateAlone(first)), Use::Start)?;
        let to = time("--to", self.to.unwrap_or(Moment::DateAlone(last_of(first))), Use::End)?;
        if from > to {
            return Err(Error::Usage(Usage::Backwards));
        }
        Ok((from.in_zone(desk.zone), to.in_zone(desk.zone)))
    }
}

impl Answer for ReportAnswer {
    fn human(&self, _: &Terminal) -> String {
        self.text.clone()
    }

    fn json(&self) -> Value {
        self.json.clone()
    }

    fn brief(&self) -> Option<String> {
        Some(self.text.clone())
    }
}

impl Answer for Glossary {
    fn human(&self, _: &Terminal) -> String {
        let longest = self.entries.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let line =
            |(name, meaning): &(String, &'static str)| format!("{name:longest$}  {meaning}\n");
        self.entries.iter().map(line).collect()
    }

    fn json(&self) -> Value {
        let entry =
            |(name, meaning): &(String, &'static str)| json!({ "name": name, "meaning": meaning });
        let entries: Vec<_> = self.entries.iter().map(entry).collect();
        json!({ "format": 1, self.of: entries })
    }
}
