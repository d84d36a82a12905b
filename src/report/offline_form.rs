//! The page on which a visit is filled in without network, and signed on the screen (R68, R69, P2): one file
//! that asks nothing of anybody, and writes what `visit import` reads.

use serde::Serialize;

use crate::{
    domain::{
        base::{
            print::minute,
            terms::{Prohibition, Term},
            time::Timestamp,
            zone::Zone,
        },
        history::{
            status::visit::VisitEntry,
            visit_file::{MOST_OF_PHOTO, MOST_PHOTOS},
        },
    },
    error::template::TemplateError,
    report::{
        self, FORM_STYLE, OutputKind,
        questionnaire::{GradeChoice, grades},
        request::{RequestInput, SheetHead, sheet},
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
    #[serde(flatten)]
    head: SheetHead<'a>,
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

/// The page of a visit of the record.
pub fn page(
    case: &RequestInput<'_>,
    (number, entry): (usize, &VisitEntry),
    (words, privacy): (Words, Privacy),
    own: Option<&str>,
) -> Result<String, TemplateError> {
    let RequestInput { record, policy, contacts, .. } = *case;
    let sources = Sources { policy, words, contacts, privacy, notes: Notes::Shared };
    let zone = Zone::named(&policy.desk.timezone).unwrap_or(Zone::UTC);
    // as a field for times takes them
    let typed = |at: Timestamp| minute(at.in_zone(zone)).replacen(' ', "T", 1);
    let form = OfflineForm {
        head: SheetHead::of(case, words),
        style: format!("{FORM_STYLE}{STYLE}"),
        script: SCRIPT,
        visit: sources.visit(record, number, entry),
        record: sheet(case, &sources),
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
    report::render(OutputKind::Html, words.lang(), &path, own, built_in, &form)
}

fn prohibitions(words: Words) -> Vec<ProhibitionChoice> {
    let choice =
        |broken: &Prohibition| ProhibitionChoice { code: broken.code(), word: words.term(*broken) };
    Prohibition::ALL.iter().map(choice).collect()
}
