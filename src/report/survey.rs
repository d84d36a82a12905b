//! 满意度调查报告: whom the sample drew, who answered, and what they said (R57), party by party where the
//! desk asks both (R116).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    domain::{
        analysis::{
            record_filter::RecordFilter,
            survey::{
                figures::{AnswerKind, GradeCounts, Reply, Share, Standings, asked_as, replies},
                sample::Sample,
            },
        },
        base::{
            month::Month,
            print::minute,
            terms::{Party, ReportName, Satisfaction},
            time::Timestamp,
        },
        history::{record::Record, steps::survey::sent},
    },
    error::template::TemplateError,
    report::{EDITION, ReportContent, register::Period, values::Sources},
    words::{Words, label::Label},
};

/// Fewer answers than this say little.
const SMALL: usize = 10;

/// What the report is made of.
#[derive(Clone, Copy, Debug)]
pub struct SurveyInput<'a> {
    /// All records: what the answers of those that are wanted led to may be another's.
    pub records: &'a [Record],
    pub only: &'a RecordFilter,
    /// The months that lie whole in the period.
    pub samples: &'a [Sample],
    pub from: Timestamp,
    pub to: Timestamp,
    pub now: Timestamp,
    pub period: &'a Period,
}

#[derive(Serialize)]
struct SurveyContext<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    period: &'a Period,
    samples: Vec<SampleValues>,
    total: StandingValues,
    sampled: GradeFigures,
    /// The same for each party; none where there is one alone.
    parties: Vec<PartyFigures>,
    outside: GradeFigures,
    small_below: usize,
    questions: Vec<QuestionFigures>,
    replies: Vec<ReplyValues>,
    low: Vec<ReplyValues>,
}

#[derive(Serialize)]
struct PartyFigures {
    party: &'static str,
    response: String,
    #[serde(flatten)]
    grades: GradeFigures,
}

#[derive(Serialize)]
struct SampleValues {
    month: String,
    party: &'static str,
    sample: u8,
    cap: u32,
    over: bool,
    closed: usize,
    no_contact: usize,
    candidates: usize,
    drawn: usize,
    unsent: usize,
    standing: StandingValues,
}

#[derive(Serialize)]
struct StandingValues {
    sent: usize,
    answered: usize,
    expired: usize,
    awaited: usize,
    response: String,
}

#[derive(Serialize)]
struct GradeFigures {
    n: usize,
    small: bool,
    csat: String,
    content: String,
    mean: String,
    grades: Vec<GradeCount>,
}

#[derive(Serialize)]
struct GradeCount {
    grade: u8,
    word: &'static str,
    count: usize,
    share: String,
}

#[derive(Serialize)]
struct QuestionFigures {
    version: u32,
    party: &'static str,
    question: String,
    n: usize,
    answers: Vec<AnswerCount>,
}

#[derive(Serialize)]
struct AnswerCount {
    answer: String,
    count: usize,
}

#[derive(Serialize)]
struct ReplyValues {
    record: String,
    customer: String,
    at: String,
    grade: u8,
    word: &'static str,
    /// `sample`, `outside`, `late` or `again`.
    counts: &'static str,
    by: String,
    comment: String,
    complaints: Vec<String>,
}

const HEAD: [&str; 8] =
    ["record", "customer", "at", "grade", "counts", "by", "comment", "complaints"];

impl ReplyValues {
    fn cells(self) -> Vec<String> {
        let Self { record, customer, at, grade, word: _, counts, by, comment, complaints } = self;
        let complaints = complaints.join(" ");
        vec![record, customer, at, grade.to_string(), counts.to_owned(), by, comment, complaints]
    }
}

impl<'a> SurveyInput<'a> {
    /// The records that the report is about.
    fn wanted(&self) -> impl Iterator<Item = &'a Record> {
        let only = self.only;
        self.records.iter().filter(move |record| only.has(&record.status))
    }
}

/// The report, with a row for each answer.
pub fn content(
    input: &SurveyInput<'_>,
    sources: &Sources<'_>,
) -> Result<ReportContent, TemplateError> {
    let months: Vec<Month> = input.samples.iter().map(|sample| sample.month).collect();
    let mut found: Vec<Reply<'_>> = input.wanted().flat_map(replies).collect();
    found.retain(|reply| match reply.period {
        Some(month) => months.contains(&month),
        None => (input.from..=input.to).contains(&reply.event.stamp.at),
    });
    found.sort_by_key(|reply| (reply.event.stamp.at, reply.record.id.clone(), reply.event.order()));
    let total = standings(input, |_, _| true);
    let spoken = |reply: &&Reply<'_>| reply.answer.comment.is_some();
    let low = |reply: &&Reply<'_>| !reply.answer.satisfaction.is_content();
    let values = SurveyContext {
        template: EDITION,
        organisation: &sources.policy.desk.organisation,
        desk: &sources.policy.desk.name,
        period: input.period,
        samples: input.samples.iter().flat_map(|s| sample(s, input, sources)).collect(),
        total: standing(total, sources.words),
        sampled: grades(found.iter().filter(|reply| reply.sample().is_some()), sources),
        parties: parties(&found, input, sources),
        outside: grades(found.iter().filter(|reply| reply.is_outside()), sources),
        small_below: SMALL,
        questions: questions(&found, sources),
        replies: found.iter().filter(spoken).map(|r| reply(r, input, sources)).collect(),
        low: found.iter().filter(low).map(|r| reply(r, input, sources)).collect(),
    };
    let answers = found.iter().map(|r| reply(r, input, sources).cells());
    let rows = [HEAD.map(str::to_owned).to_vec()].into_iter().chain(answers).collect();
    ReportContent::new(ReportName::Survey, &values, rows)
}

/// How those fared of the samples of the period whom `counts` takes.
fn standings(input: &SurveyInput<'_>, counts: impl Fn(&Record, Month) -> bool) -> Standings {
    let of_month = |month| {
        let asked = input.wanted().filter(|record| counts(record, month));
        Standings::of(asked, month, input.now)
    };
    let months = input.samples.iter().map(|sample| sample.month);
    months.map(of_month).fold(Standings::default(), Standings::plus)
}

/// What was drawn in a month, party by party.
fn sample(sample: &Sample, input: &SurveyInput<'_>, sources: &Sources<'_>) -> Vec<SampleValues> {
    let over = sample.month.ends(sources.policy.calendar.zone()) <= input.now;
    let of_party = |party: Party| {
        let (part, by) = (sample.of_party(party), sample.drawn_by(party));
        let asked = input.wanted().filter(|record| asked_as(record, sample.month) == Some(party));
        SampleValues {
            month: sample.month.to_string(),
            party: sources.words.term(party),
            sample: by.sample,
            cap: by.cap_per_customer,
            over,
            closed: part.population.closed(),
            no_contact: part.population.left_out.len(),
            candidates: part.population.candidates.len(),
            drawn: if over { part.drawn.len() } else { 0 },
            unsent: if over { part.unsent().count() } else { 0 },
            standing: standing(Standings::of(asked, sample.month, input.now), sources.words),
        }
    };
    sample.parties().into_iter().map(of_party).collect()
}

/// How satisfied each party is, in first answers of the sample.
fn parties(
    found: &[Reply<'_>],
    input: &SurveyInput<'_>,
    sources: &Sources<'_>,
) -> Vec<PartyFigures> {
    let sampled = || found.iter().filter(|reply| reply.sample().is_some());
    let drawn = input.samples.iter().flat_map(Sample::parties);
    let there: BTreeSet<_> = drawn.chain(sampled().map(party_of)).collect();
    let figures = |party: Party| PartyFigures {
        party: sources.words.term(party),
        response: share(
            standings(input, |record, month| asked_as(record, month) == Some(party)).response(),
            sources.words,
        ),
        grades: grades(sampled().filter(|reply| party_of(reply) == party), sources),
    };
    if there.len() > 1 { there.into_iter().map(figures).collect() } else { Vec::new() }
}

/// As what somebody answered; whom nobody asked, as everybody.
fn party_of(reply: &Reply<'_>) -> Party {
    reply.party.unwrap_or(Party::USUAL)
}

fn standing(of: Standings, words: Words) -> StandingValues {
    StandingValues {
        sent: of.sent,
        answered: of.answered,
        expired: of.expired,
        awaited: of.awaited,
        response: share(of.response(), words),
    }
}

/// The grades of these answers.
fn grades<'r>(found: impl Iterator<Item = &'r Reply<'r>>, sources: &Sources<'_>) -> GradeFigures {
    let mut grades = GradeCounts::default();
    for reply in found {
        grades.add(reply.answer.satisfaction);
    }
    let (whole, words) = (grades.total(), sources.words);
    let count = |(grade, count): (Satisfaction, usize)| GradeCount {
        grade: grade.grade(),
        word: words.term(grade),
        count,
        share: share(Share { part: count, whole }, words),
    };
    GradeFigures {
        n: whole,
        small: whole < SMALL,
        csat: share(grades.csat(), words),
        content: share(grades.content(), words),
        mean: grades.mean().map_or_else(
            || words.label(Label::NoFigure).to_owned(),
            |mean| format!("{}.{:02}", mean / 100, mean % 100),
        ),
        grades: grades.each().map(count).collect(),
    }
}

/// What was answered to each question of each version and party, as it was asked, in first answers of the
/// sample.
fn questions(found: &[Reply<'_>], sources: &Sources<'_>) -> Vec<QuestionFigures> {
    let mut answers: BTreeMap<(u32, Party, &str), BTreeMap<&str, usize>> = BTreeMap::new();
    let sampled = |reply: &&Reply<'_>| reply.sample().is_some();
    for reply in found.iter().filter(sampled) {
        for (key, answer) in &reply.answer.answers {
            let question = (reply.answer.questions, party_of(reply), key.as_str());
            let of_question = answers.entry(question).or_default();
            *of_question.entry(answer).or_default() += 1;
        }
    }
    answers
        .into_iter()
        .map(|((version, party, key), counted)| {
            let mut answers: Vec<_> = counted
                .into_iter()
                .map(|(answer, count)| AnswerCount { answer: answer.to_owned(), count })
                .collect();
            answers.sort_by(|a, b| (b.count, &a.answer).cmp(&(a.count, &b.answer)));
            let n = answers.iter().map(|answer| answer.count).sum();
            QuestionFigures {
                version,
                party: sources.words.term(party),
                question: question(key, (version, party), found, sources),
                n,
                answers,
            }
        })
        .collect()
}

/// The words of a question as they were sent, else as they are now; the key where nobody knows.
fn question(
    key: &str,
    (version, party): (u32, Party),
    found: &[Reply<'_>],
    sources: &Sources<'_>,
) -> String {
    let sent = found.iter().filter_map(|reply| sent(reply.record));
    let frozen = sent.filter(|sent| (sent.questions, sent.party) == (version, party));
    let frozen = frozen.flat_map(|sent| &sent.asked);
    let policy = &sources.policy.survey;
    let current = policy.questions_for(party).iter();
    let current = current.filter(|_| policy.document.version == version);
    let question_of = frozen.chain(current).find(|question| question.key == key);
    question_of
        .map_or(key, |question| sources.words.of_policy(&question.en, &question.zh))
        .to_owned()
}

fn reply(reply: &Reply<'_>, input: &SurveyInput<'_>, sources: &Sources<'_>) -> ReplyValues {
    let record = reply.record;
    let opened_by = |other: &&Record| {
        let cause = other.intake.cause.as_ref();
        cause.is_some_and(|cause| cause.event == reply.event.stamp.id)
    };
    let at = reply.event.stamp.at.in_zone(sources.policy.calendar.zone());
    ReplyValues {
        record: record.id.to_string(),
        customer: record.status.customer.clone(),
        at: minute(at),
        grade: reply.answer.satisfaction.grade(),
        word: sources.words.term(reply.answer.satisfaction),
        counts: match (reply.counts, reply.period) {
            (AnswerKind::First, Some(_)) => "sample",
            (AnswerKind::First, None) => "outside",
            (AnswerKind::Late, _) => "late",
            (AnswerKind::Again, _) => "again",
        },
        by: sources.name_of(reply.answer.answered_by.as_str()),
        comment: reply.answer.comment.clone().unwrap_or_default(),
        complaints: input.records.iter().filter(opened_by).map(|r| r.id.to_string()).collect(),
    }
}

/// `3/4 (75.0 %)`; `n/a` of nothing.
fn share(share: Share, words: Words) -> String {
    share.permille().map_or_else(
        || words.label(Label::NoFigure).to_owned(),
        |permille| {
            words.remarked(&format!("{}/{}", share.part, share.whole), &words.percent(permille))
        },
    )
}
