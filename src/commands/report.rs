//! `docket report`: what leaves the desk on paper.

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::Args;

use crate::{
    app::{App, desk::OpenDesk},
    commands::{Command, survey::sample::Pool},
    domain::{
        contact::Contact,
        moment::{Moment, Use},
        policy::Policy,
        record::Record,
        refusal::Refusal,
        survey::month::Month,
        time::Timestamp,
    },
    error::{Error, Field, Result, usage::Usage},
    report::{
        self, complaint,
        day::{self, Sheet},
        register::{self, Period},
        request, survey,
        values::{Notes, Privacy, Sources},
    },
    store::{find::RecordRef, view::View},
    ui::answer::{Answer, Text},
    words::Refused,
};

/// Print a report: register (客户服务请求记录跟踪表), request ID (客户服务请求报告),
/// complaint-form ID (用户投诉处理表), complaint-register (监督投诉记录表),
/// daily (每日跟踪), handover (交接班记录) or survey (满意度调查报告)
#[derive(Args, Debug)]
#[command(
    after_help = "Example: docket report register --month 2026-11 --lang zh-CN -o register.md"
)]
pub struct Report {
    /// register, request, complaint-form, complaint-register, daily, handover, survey
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
    /// As it stood in a revision
    #[arg(long, value_name = "REV")]
    as_of: Option<String>,
    /// Where to write it, if not to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show personal data
    #[arg(long)]
    reveal: bool,
    /// List the reports there are
    #[arg(long)]
    list: bool,
}

impl Command for Report {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        if self.list {
            return Ok(Box::new(Text(report::NAMES.map(|name| format!("{name}\n")).concat())));
        }
        let desk = app.desk()?;
        let view = match &self.as_of {
            Some(revision) => desk.view_at(revision)?,
            None => desk.view()?,
        };
        let text = match self.name.as_deref() {
            Some("register") => self.register(&desk, &view)?,
            Some("request") => self.request(&desk, &view)?,
            Some("complaint-form") => self.complaint_form(&desk, &view)?,
            Some("complaint-register") => self.complaint_register(&desk, &view)?,
            Some("daily") => self.sheet(Sheet::Daily, &desk, &view)?,
            Some("survey") => self.survey(&desk, &view)?,
            Some("handover") => self.sheet(Sheet::Handover, &desk, &view)?,
            given => {
                let given = given.unwrap_or_default().to_owned();
                let known = report::NAMES.iter().map(|name| (*name).to_owned()).collect();
                return Err(Error::Usage(Usage::NoReport { given, known }));
            }
        };
        match &self.output {
            None => Ok(Box::new(Text(text))),
            Some(path) => {
                let path = app.environment.directory.join(path);
                std::fs::write(&path, text)
                    .map_err(|source| Error::Io { what: path.display().to_string(), source })?;
                Ok(Box::new(Text(format!("{}\n", path.display()))))
            }
        }
    }
}

impl Report {
    fn privacy(&self) -> Privacy {
        if self.reveal { Privacy::Revealed } else { Privacy::Masked }
    }

    /// The record that a report of one is about, with the contacts it names.
    fn named(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<(Record, Vec<Contact>)> {
        let Some(wanted) = &self.record else {
            let field = Field { field: "ID".to_owned(), flag: "ID".to_owned() };
            return Err(Error::Missing { command: "report", fields: vec![field] });
        };
        let record = desk.record(view, wanted)?;
        let told = record.status.resolution.as_ref().and_then(|done| done.told.as_ref());
        let mut contacts = Vec::new();
        for id in record.status.contact.iter().chain(told) {
            contacts.extend(view.followed(id)?);
        }
        Ok((record, contacts))
    }

    fn complaint_form(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<String> {
        let (record, contacts) = self.named(desk, view)?;
        let (policy, words) = (view.policy()?, desk.words);
        let case = request::Case { record: &record, policy: &policy, contacts: &contacts };
        let own = view.text(&report::override_path("complaint-form", words.lang))?;
        let form = complaint::revealed(&case, words, own.as_deref(), self.privacy())?;
        form.ok_or_else(|| {
            let refusal = Refusal::OnlyComplaint { flag: "complaint-form" };
            let record = Some(record.id.clone());
            Error::Refused(Box::new(Refused { record, ..Refused::plain(refusal) }))
        })
    }

    fn complaint_register(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<String> {
        let policy = view.policy()?;
        let (period, mut records) = self.of_period(desk, view, &policy)?;
        records.retain(|record| record.status.complaint.is_some());
        let (contacts, left_out) = view.contacts()?;
        desk.name_left_out(&left_out);
        let (words, privacy) = (desk.words, self.privacy());
        let sources =
            Sources { policy: &policy, words, contacts: &contacts, privacy, notes: Notes::All };
        let own = view.text(&report::override_path("complaint-register", words.lang))?;
        Ok(complaint::register(&records, &period, &sources, own.as_deref())?)
    }

    fn request(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<String> {
        let (record, contacts) = self.named(desk, view)?;
        let policy = view.policy()?;
        let own = view.text(&report::override_path("request", desk.words.lang))?;
        let case = request::Case { record: &record, policy: &policy, contacts: &contacts };
        Ok(request::revealed(&case, desk.words, own.as_deref(), self.privacy())?)
    }

    fn register(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<String> {
        let policy = view.policy()?;
        let (period, records) = self.of_period(desk, view, &policy)?;
        let (words, privacy) = (desk.words, self.privacy());
        let sources =
            Sources { policy: &policy, words, contacts: &[], privacy, notes: Notes::Shared };
        let own = view.text(&report::override_path("register", words.lang))?;
        Ok(register::markdown(&records, &period, &sources, own.as_deref())?)
    }

    /// The period, and the records that came in during it, oldest first.
    fn of_period(
        &self,
        desk: &OpenDesk<'_>,
        view: &View<'_>,
        policy: &Policy,
    ) -> Result<(Period, Vec<Record>)> {
        let (from, to) = self.period(desk, policy)?;
        let mut records = desk.records(view)?;
        records.retain(|record| (from..=to).contains(&record.status.received_at));
        records.sort_by_key(|record| (record.status.received_at, record.id.clone()));
        Ok((period_of(from, to, desk, view), records))
    }

    fn survey(&self, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<String> {
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
        let period = period_of(from, to, desk, view);
        let asked =
            survey::Asked { records: &records, samples: &samples, from, to, now, period: &period };
        let own = view.text(&report::override_path("survey", words.lang))?;
        Ok(survey::markdown(&asked, &sources, own.as_deref())?)
    }

    fn sheet(&self, sheet: Sheet, desk: &OpenDesk<'_>, view: &View<'_>) -> Result<String> {
        let policy = view.policy()?;
        let records = desk.records(view)?;
        let (words, privacy) = (desk.words, self.privacy());
        let sources = Sources { policy: &policy, words, contacts: &[], privacy, notes: Notes::All };
        let name = match sheet {
            Sheet::Daily => "daily",
            Sheet::Handover => "handover",
        };
        let own = view.text(&report::override_path(name, words.lang))?;
        let revision =
            view.commit().map(super::super::store::git::ids::CommitId::short).unwrap_or_default();
        Ok(day::markdown(sheet, &records, desk.now(), &revision, &sources, own.as_deref())?)
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
        Ok((from, to))
    }
}

/// The period with the data it is told of.
fn period_of(from: Timestamp, to: Timestamp, desk: &OpenDesk<'_>, view: &View<'_>) -> Period {
    let commit = view.commit();
    Period {
        from: from.date().to_string(),
        to: to.date().to_string(),
        incomplete: desk.now() < to,
        revision: commit.map(|commit| commit.to_string()).unwrap_or_default(),
        revision_short: commit
            .map(super::super::store::git::ids::CommitId::short)
            .unwrap_or_default(),
    }
}

/// First day of a month such as `2026-11`, of `last`, or of this month.
///
/// # Errors
/// A text that is neither.
pub fn month_of(given: Option<&str>, today: NaiveDate) -> Result<NaiveDate> {
    match given {
        None => Ok(today.with_day(1).unwrap_or(today)),
        Some("last") => Ok(month_before(today)),
        Some(given) => {
            NaiveDate::parse_from_str(&format!("{given}-01"), "%Y-%m-%d").map_err(|_| {
                let known = vec!["2026-11".to_owned(), "last".to_owned()];
                let given = given.to_owned();
                Error::Usage(Usage::NotATerm { flag: "--month", given, known })
            })
        }
    }
}

fn month_before(day: NaiveDate) -> NaiveDate {
    let before = day.with_day(1).and_then(|first| first.pred_opt()).unwrap_or(day);
    before.with_day(1).unwrap_or(before)
}

fn last_of(first: NaiveDate) -> NaiveDate {
    let next = first.checked_add_months(chrono::Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(first)
}
