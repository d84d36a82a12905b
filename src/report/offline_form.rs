//! The page on which a visit is filled in without network, and signed on the screen (R68, R69, P2): one file
//! that asks nothing of anybody, and writes what `visit import` reads.

use serde::Serialize;

use crate::{
    domain::{
        base::{
            print::minute,
            terms::{Prohibition, Term, VisitState, VisitStep},
            time::Timestamp,
            zone::Zone,
        },
        history::{
            refusal::Refusal,
            status::visit::VisitEntry,
            visit_file::{MOST_OF_PHOTO, MOST_PHOTOS},
        },
    },
    error::template::TemplateError,
    report::{
        self, EDITION, FORM_STYLE, OutputKind,
        questionnaire::{GradeChoice, grades},
        request::{RequestInput, sheet},
        shapes::{RecordValues, VisitValues},
        values::{Notes, Privacy, Sources},
    },
    words::{Lang, Words},
};

/// How the page looks besides what all forms have in common.
const STYLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/visit-form.css"));
/// What it does; its words are in the template.
const SCRIPT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/visit-form.js"));

#[derive(Serialize)]
struct OfflineForm<'a> {
    template: u32,
    organisation: &'a str,
    desk: &'a str,
    revision: &'a str,
    party: &'static str,
    style: String,
    script: &'static str,
    record: RecordValues,
    visit: VisitValues,
    /// The event that planned the visit.
    event: &'a str,
    /// In which the times are that are filled in.
    zone: String,
    /// The end of the window, and what is known of the way, as the page has times.
    until: String,
    departed: String,
    arrived: String,
    grades: Vec<GradeChoice>,
    prohibitions: Vec<ProhibitionChoice>,
    most_photos: usize,
    most_bytes: u64,
}

#[derive(Serialize)]
struct ProhibitionChoice {
    code: &'static str,
    word: &'static str,
}

/// Where a desk may put its own page.
pub fn override_of_page(lang: Lang) -> String {
    format!("templates/{}/visit-form.html", lang.code())
}

/// Refuses a page of a visit of which nothing is left to be said on it.
///
/// # Errors
/// [`Refusal::VisitState`].
pub fn is_to_be_made(entry: &VisitEntry, number: usize) -> Result<(), Refusal> {
    match entry.state {
        VisitState::Planned | VisitState::Departed | VisitState::Arrived => Ok(()),
        VisitState::Done
        | VisitState::Signed
        | VisitState::HandedIn
        | VisitState::Archived
        | VisitState::Missed
        | VisitState::Cancelled => {
            Err(Refusal::VisitState { number, state: entry.state, step: VisitStep::Done })
        }
    }
}

/// The page of the visit with this number, counted from 1; `None` where there is no such visit.
pub fn page(
    case: &RequestInput<'_>,
    number: usize,
    (words, privacy): (Words, Privacy),
    own: Option<&str>,
) -> Result<Option<String>, TemplateError> {
    let RequestInput { record, policy, contacts, revision, .. } = *case;
    let sources = Sources { policy, words, contacts, privacy, notes: Notes::Shared };
    let mut values = sheet(case, &sources);
    let planned = record.status.numbered_visits().find(|(own, _)| *own == number);
    let place = values.visits.iter().position(|visit| visit.number == number);
    let (Some((_, entry)), Some(place)) = (planned, place) else { return Ok(None) };
    let zone = Zone::named(&policy.desk.timezone).unwrap_or(Zone::UTC);
    // as a field for times takes them
    let typed = |at: Timestamp| minute(at.in_zone(zone)).replacen(' ', "T", 1);
    let form = OfflineForm {
        template: EDITION,
        organisation: &policy.desk.organisation,
        desk: &policy.desk.name,
        revision,
        party: words.party().code(),
        style: format!("{FORM_STYLE}{STYLE}"),
        script: SCRIPT,
        visit: values.visits.swap_remove(place),
        record: values,
        event: entry.event.as_str(),
        zone: zone.to_string(),
        until: typed(entry.window.until),
        departed: entry.departed_at.map(typed).unwrap_or_default(),
        arrived: entry.arrived_at.map(typed).unwrap_or_default(),
        grades: grades(words),
        prohibitions: prohibitions(words),
        most_photos: MOST_PHOTOS,
        most_bytes: policy.desk.attachments.most_of_file().min(MOST_OF_PHOTO),
    };
    let path = override_of_page(words.lang());
    let built_in = report::built_in("visit-form.html", words.lang());
    report::render(OutputKind::Html, words.lang(), &path, own, built_in, &form).map(Some)
}

fn prohibitions(words: Words) -> Vec<ProhibitionChoice> {
    let choice =
        |broken: &Prohibition| ProhibitionChoice { code: broken.code(), word: words.term(*broken) };
    Prohibition::ALL.iter().map(choice).collect()
}
