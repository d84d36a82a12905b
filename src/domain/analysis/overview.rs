//! What is to be known of a customer before one calls back: how their matters stand, how content they
//! were (R110, R112).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::domain::{
    base::{
        ids::RecordId,
        terms::{Kind, Mood, Satisfaction, State},
        time::Timestamp,
    },
    history::status::Status,
};

/// So many remarks and grades are named, the newest.
const NAMED: usize = 5;
/// So many quarters are looked back, with the present one.
const QUARTERS: i32 = 8;

/// A customer as their records tell of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CustomerOverview {
    /// When they last spoke with the desk, or the desk with them.
    pub last_contact_at: Option<Timestamp>,
    /// The last mood that was noted.
    pub mood: Option<NotedMood>,
    /// Unfinished records.
    pub open: usize,
    /// Complaints among them.
    pub complaints: Vec<RecordId>,
    /// The newest remarks.
    pub remarks: Vec<NotedRemark>,
    /// The newest grades, of callbacks and surveys.
    pub grades: Vec<GivenGrade>,
    /// Grades by quarter, the newest first, none before [`looked_back`].
    pub quarters: Vec<QuarterOfGrades>,
}

/// A mood, and where it was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotedMood {
    pub mood: Mood,
    pub record: RecordId,
}

/// Something that they remarked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotedRemark {
    pub record: RecordId,
    pub at: Timestamp,
    pub title: String,
}

/// How content they said they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GivenGrade {
    pub record: RecordId,
    pub at: Timestamp,
    pub satisfaction: Satisfaction,
}

/// The grades of a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuarterOfGrades {
    /// Such as `2026-Q4`.
    pub quarter: String,
    pub grades: usize,
    /// Their mean, to a tenth: `4.3`.
    pub mean: String,
}

/// The first day that a customer's page looks back to.
pub fn looked_back(today: NaiveDate) -> NaiveDate {
    let quarter = quarter_of(today) - (QUARTERS - 1);
    let month = quarter.rem_euclid(4).unsigned_abs() * 3 + 1;
    NaiveDate::from_ymd_opt(quarter.div_euclid(4), month, 1).unwrap_or(today)
}

/// Quarters since the year 0.
fn quarter_of(date: NaiveDate) -> i32 {
    date.year() * 4 + date.month0().div_euclid(3).cast_signed()
}

impl CustomerOverview {
    /// Of these records of theirs; cancelled ones and those that went on in others say nothing.
    pub fn of<'r>(
        records: impl IntoIterator<Item = (&'r RecordId, &'r Status)>,
        today: NaiveDate,
    ) -> Self {
        let mut overview = Self::default();
        let mut mood_at = None;
        for (id, status) in records {
            if matches!(status.state, State::Cancelled | State::Merged) {
                continue;
            }
            let graded = graded(id, status);
            let spoken = [Some(status.received_at), status.times.contacted_at];
            let spoken = spoken.into_iter().chain(graded.iter().map(|grade| Some(grade.at)));
            overview.last_contact_at = spoken.max().flatten().max(overview.last_contact_at);
            if let Some(mood) = status.mood.filter(|_| Some(status.times.last_at) > mood_at) {
                mood_at = Some(status.times.last_at);
                overview.mood = Some(NotedMood { mood, record: id.clone() });
            }
            if status.state.is_unfinished() {
                overview.open += 1;
                if status.kind == Kind::Complaint {
                    overview.complaints.push(id.clone());
                }
            }
            if status.kind == Kind::Remark {
                let (record, at, title) = (id.clone(), status.received_at, status.title.clone());
                overview.remarks.push(NotedRemark { record, at, title });
            }
            overview.grades.extend(graded);
        }
        overview.complaints.sort();
        overview.remarks.sort_by(|a, b| (b.at, &b.record).cmp(&(a.at, &a.record)));
        overview.remarks.truncate(NAMED);
        overview.grades.sort_by(|a, b| (b.at, &b.record).cmp(&(a.at, &a.record)));
        overview.quarters = by_quarter(&overview.grades, looked_back(today));
        overview.grades.truncate(NAMED);
        overview
    }
}

/// The grades that were given to one record.
fn graded(id: &RecordId, status: &Status) -> Vec<GivenGrade> {
    let confirmed = status.confirmation.as_ref().map(|it| (it.at, it.satisfaction));
    let called_back = status.complaint.as_ref().and_then(|complaint| {
        let callback = complaint.callback.as_ref()?;
        Some((callback.at, callback.satisfaction?))
    });
    let answered =
        status.survey.as_ref().and_then(|survey| Some((survey.at?, survey.satisfaction?)));
    // the callback of a complaint stands in both
    let given = [called_back.or(confirmed), answered].into_iter().flatten();
    given.map(|(at, satisfaction)| GivenGrade { record: id.clone(), at, satisfaction }).collect()
}

fn by_quarter(grades: &[GivenGrade], since: NaiveDate) -> Vec<QuarterOfGrades> {
    let mut quarters: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    for grade in grades.iter().filter(|grade| grade.at.date() >= since) {
        let (count, sum) = quarters.entry(quarter_of(grade.at.date())).or_default();
        *count += 1;
        *sum += usize::from(grade.satisfaction.grade());
    }
    let means = quarters.into_iter().rev().map(|(quarter, (grades, sum))| {
        let tenths = (sum * 10 + grades / 2) / grades;
        let mean = format!("{}.{}", tenths / 10, tenths % 10);
        let quarter = format!("{}-Q{}", quarter.div_euclid(4), quarter.rem_euclid(4) + 1);
        QuarterOfGrades { quarter, grades, mean }
    });
    means.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_of_quarters_before_the_last_eight_make_no_mean() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let grades = ["2025-03-31T23:59:00+08:00", "2025-04-01T00:00:00+08:00"];
        let grades = grades.map(|at| GivenGrade {
            record: "R-261122-7K3QX".parse().unwrap(),
            at: at.parse().unwrap(),
            satisfaction: Satisfaction::Satisfied,
        });
        for (today, since, means) in [
            ("2026-12-31", "2025-01-01", 2),
            ("2027-01-01", "2025-04-01", 1),
            ("2027-03-31", "2025-04-01", 1),
            ("2027-04-01", "2025-07-01", 0),
        ] {
            assert_eq!(looked_back(day(today)), day(since));
            assert_eq!(by_quarter(&grades, day(since)).len(), means);
        }
    }

    #[test]
    fn grades_are_averaged_by_quarter_to_a_tenth_the_newest_first() {
        let given = |at: &str, satisfaction| GivenGrade {
            record: "R-261122-7K3QX".parse().unwrap(),
            at: at.parse().unwrap(),
            satisfaction,
        };
        let grades = [
            given("2026-12-31T23:59:00+08:00", Satisfaction::VerySatisfied),
            given("2026-10-01T00:00:00+08:00", Satisfaction::Satisfied),
            given("2026-11-01T09:00:00+08:00", Satisfaction::Satisfied),
            given("2026-09-30T23:59:00+08:00", Satisfaction::VeryDissatisfied),
            given("2025-03-31T23:59:00+08:00", Satisfaction::VeryDissatisfied),
        ];
        let since = looked_back(grades[0].at.date());
        assert_eq!(since, NaiveDate::from_ymd_opt(2025, 1, 1).unwrap());
        let quarters = by_quarter(&grades, since).into_iter();
        let quarters: Vec<_> = quarters.map(|it| (it.quarter, it.grades, it.mean)).collect();
        let due = [("2026-Q4", 3, "4.3"), ("2026-Q3", 1, "1.0"), ("2025-Q1", 1, "1.0")];
        assert_eq!(quarters, due.map(|(of, count, mean)| (of.to_owned(), count, mean.to_owned())));
    }
}
