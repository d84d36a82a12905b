//! `docket search`: records by the words in them.

use clap::Args;
use serde::{Serialize, Serializer};

use crate::{
    answers::rows,
    app::{App, contacts, desk::OpenDesk, persons},
    arguments::filters::{Filters, Scope},
    commands::Command,
    domain::{
        analysis::{clock::explain::ClockStanding, duties::deadline},
        base::{
            ids::RecordId,
            print::without_year,
            terms::{SortKey, State},
            text::folded,
            time::Timestamp,
        },
        history::{contact::Contact, record::Record, reveal::RevealCommand},
    },
    error::Result,
    store::{
        cache::{
            Match,
            tokens::{self, Passage, Token},
        },
        selection::{Condition, Selection},
        view::View,
    },
    ui::{
        answer::Answer,
        cell::Cell,
        terminal::{Medium, Style, Terminal},
    },
    words::{Words, message::Message},
};

/// So many records are read at once to see whether the words really stand in them.
const AT_ONCE: usize = 40;

#[derive(Args, Debug)]
pub struct Search {
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
    #[arg(long)]
    reveal: bool,
}

/// Records with the passage that fits, the best first.
#[derive(Debug, Serialize)]
struct SearchResults {
    hits: Vec<SearchHit>,
    /// How many the index offers; some of them may fit less closely than was asked.
    total: usize,
    #[serde(skip)]
    now: Timestamp,
}

/// A record that was found; without a passage where it is found by its person.
#[derive(Debug)]
struct SearchHit {
    record: Record,
    passage: Option<Passage>,
}

impl Command for Search {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let view = desk.view()?;
        let wanted = self.filters.wanted(&desk)?;
        // what is over is what one searches most
        let selection = self.filters.selection(&wanted, Scope::Everything);
        let text = self.text.join(" ");
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        // what is late the rules tell and not the store, so that all of them are looked at
        let (unfinished, only_late) = selection.clone().late_or_not();
        let (selection, most) =
            if only_late { (unfinished, usize::MAX) } else { (selection, limit) };

        let mut hits = of_person(&desk, &view, &text, &selection, self.reveal)?;
        let (numbered, _) =
            desk.chosen(&view, &selection.clone().and(Condition::Reference(text.clone())))?;
        for record in numbered.into_iter().rev() {
            if hits.iter().all(|hit| hit.record.id != record.id) {
                hits.push(SearchHit { record, passage: None });
            }
        }
        let runs = tokens::runs(&tokens::low(&text));
        let total = match desk.found(&view, &text, &selection) {
            Some(found) => {
                for some in found.chunks(AT_ONCE) {
                    if hits.len() >= most {
                        break;
                    }
                    take(&view, some, &runs, &mut hits);
                }
                found.len()
            }
            None => one_by_one(&desk, &view, &selection, &runs, &mut hits)?,
        };
        if only_late {
            let policy = view.policy().ok();
            hits.retain(|SearchHit { record, .. }| {
                let (_, standing) = deadline(&record.status, desk.now(), policy.as_ref());
                standing == ClockStanding::Late
            });
        }
        // all that the index offers was looked at
        let total = if hits.len() < most { hits.len() } else { total.max(hits.len()) };
        hits.truncate(limit);
        if self.reveal {
            let ids = hits.iter().map(|hit| hit.record.id.to_string());
            desk.note_reveal_of(&view, RevealCommand::Search, ids)?;
        }
        Ok(Box::new(SearchResults { hits, total, now: desk.now() }))
    }
}

/// The records of the customers' persons who are called so, or of whose name it is a part if names are
/// revealed.
fn of_person(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    text: &str,
    selection: &Selection,
    reveal: bool,
) -> Result<Vec<SearchHit>> {
    let named =
        contacts::ContactQuery { name: text.to_owned(), ..contacts::ContactQuery::default() };
    let mut persons = persons::contacts_named(&desk.store, view, &named)?;
    if reveal && persons.is_empty() {
        let (all, _) = view.contacts()?;
        let part = folded(text);
        let fits = |contact: &Contact| !part.is_empty() && folded(contact.name()).contains(&part);
        persons.extend(all.into_iter().filter(fits));
    }
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    let ids = persons::same_persons(&desk.store, view, &persons)?;
    let (records, _) = desk.chosen(view, &selection.clone().and(Condition::Contact(ids)))?;
    Ok(records.into_iter().rev().map(|record| SearchHit { record, passage: None }).collect())
}

/// Adds those of `found` in which the words stand.
fn take(view: &View<'_>, found: &[Match], runs: &[Token], hits: &mut Vec<SearchHit>) {
    let files: Vec<_> = found.iter().map(|found| (found.path.clone(), found.blob)).collect();
    let (records, _) = view.records_in(&files);
    for record in records {
        let texts = tokens::texts(&record);
        let is_found = hits.iter().any(|hit| hit.record.id == record.id);
        if !is_found && tokens::fits(&texts, runs) {
            let passage = tokens::passage(&texts, runs);
            hits.push(SearchHit { record, passage });
        }
    }
}

/// Without an index every record is looked through.
fn one_by_one(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    selection: &Selection,
    runs: &[Token],
    hits: &mut Vec<SearchHit>,
) -> Result<usize> {
    let newest_first = Selection { order: Some(SortKey::Received), ..selection.clone() };
    let (records, _) = desk.chosen(view, &newest_first)?;
    for record in records {
        let texts = tokens::texts(&record);
        let is_found = hits.iter().any(|hit| hit.record.id == record.id);
        if !is_found && !runs.is_empty() && tokens::fits(&texts, runs) {
            let passage = tokens::passage(&texts, runs);
            hits.push(SearchHit { record, passage });
        }
    }
    Ok(hits.len())
}

impl SearchResults {
    /// A record on a line, with the passage below it unless it can be read there.
    fn hit(&self, SearchHit { record, passage }: &SearchHit, terminal: &Terminal) -> String {
        let (status, words) = (&record.status, terminal.words);
        let is_screen = terminal.medium == Medium::Screen;
        let (id, received) = if is_screen && terminal.width < rows::WIDE {
            let id = record.id.tail().to_ascii_lowercase();
            (id, words.nearness(status.received_at, self.now))
        } else {
            (record.id.to_string(), without_year(status.received_at, self.now))
        };
        let head = vec![
            Cell::styled(&id, Style::Bold),
            Cell::from(words.term(status.state)),
            Cell::from(received),
        ];
        let matter = Cell::from(status.customer.as_str());
        let matter = matter.then(" · ", None).and(terminal.titled(&status.title, status.level));
        let mut text = if rows::is_narrow(terminal) {
            terminal.line(head) + &terminal.line(vec![Cell::from("  ").and(matter)])
        } else {
            terminal.line([head, vec![matter]].concat())
        };
        if let Some(Passage { before, found, after }) = passage {
            let around = [before.as_str(), found, after].concat();
            let is_read = status.title.contains(around.trim_matches('…')) && text.contains(found);
            if !is_read {
                text += &terminal.passage([before, found, after]);
            }
        }
        text
    }
}

impl Answer for SearchResults {
    fn human(&self, terminal: &Terminal) -> String {
        self.hits.iter().map(|hit| self.hit(hit, terminal)).collect()
    }

    fn remark(&self, words: Words) -> Option<String> {
        let (shown, total) = (self.hits.len(), self.total);
        match shown {
            0 => Some(words.message(&Message::NothingFound)),
            _ if shown < total => Some(words.message(&Message::MoreRecords { shown, total })),
            _ => None,
        }
    }

    fn brief(&self) -> Option<String> {
        Some(self.hits.iter().map(|hit| format!("{}\n", hit.record.id)).collect())
    }
}

impl Serialize for SearchHit {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct SearchHitKeys<'h> {
            id: &'h RecordId,
            title: &'h str,
            customer: &'h str,
            state: State,
            unfinished: bool,
            received_at: Timestamp,
            passage: Option<String>,
            #[serde(rename = "match")]
            found: Option<&'h str>,
        }
        let Record { id, status, .. } = &self.record;
        let text =
            |passage: &Passage| [&*passage.before, &*passage.found, &*passage.after].concat();
        let keys = SearchHitKeys {
            id,
            title: &status.title,
            customer: &status.customer,
            state: status.state,
            unfinished: status.state.is_unfinished(),
            received_at: status.received_at,
            passage: self.passage.as_ref().map(text),
            found: self.passage.as_ref().map(|passage| passage.found.as_str()),
        };
        keys.serialize(serializer)
    }
}
