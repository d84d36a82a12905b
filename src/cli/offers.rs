//! What a desk offers where its values are asked for: to a shell behind Tab, and in help.

use std::{ffi::OsString, path::PathBuf, sync::Arc};

use clap::Arg;

use super::ui;
use crate::{
    app::{
        App, GlobalOptions,
        clock::{Ids, TimeSource},
        environment::Environment,
    },
    complete::{Asking, DeskPlace, Offer, OfferedRecord, OfferedValues},
    store::summary::Summary,
    ui::{Ui, answer::AnswerFormat},
    words::{Lang, Words},
};

/// The values that the rules of the desk in a place have for an argument, as far as a line is good
/// for them.
pub(super) fn listed(argument: &Arg, place: DeskPlace<'_>, words: Words) -> Vec<String> {
    match OfferedValues::of(argument) {
        Some(source @ (OfferedValues::Rules(_) | OfferedValues::Methods)) => {
            let choices = source.choices(place);
            let thing = source.vocabulary();
            let is_many = words.permitted(thing, &choices).is_none();
            if is_many {
                return Vec::new();
            }
            choices.iter().map(|choice| words.choice(thing, choice)).collect()
        }
        Some(OfferedValues::Customers | OfferedValues::Terms(..)) | None => Vec::new(),
    }
}

fn offered_record(record: &Summary) -> OfferedRecord {
    OfferedRecord {
        id: record.id().to_string(),
        tail: record.id().tail().to_lowercase(),
        title: record.status().title.clone(),
    }
}

/// The shell that asks, with what it is offered of the records of the desk that these words are about.
pub(super) fn asking(line: &[OsString], environment: &Environment) -> Asking {
    let words = Words::new(ui::language(line, environment));
    let shell = environment.shell.clone().unwrap_or_default();
    let directory = ui::values_of("-C", "", line).next().map(PathBuf::from);
    let place = environment.directory.join(directory.clone().unwrap_or_default());
    let (environment, git) = (environment.clone(), environment.git.clone());
    let offer: Offer = Arc::new(move |step| {
        let mut ui = Ui::new(AnswerFormat::Human, Lang::default());
        ui.quiet = true;
        let options = GlobalOptions { directory: directory.clone(), ..GlobalOptions::default() };
        let environment = environment.clone();
        let (clock, ids) = (TimeSource::from(&environment), Ids::from(&environment));
        // a shell is no place for complaints
        let Ok(clock) = clock else { return Vec::new() };
        let app = App { environment, options, clock, ids, ui: &ui };
        let found = app.desk_as_it_is().and_then(|desk| desk.offered(step)).unwrap_or_default();
        found.iter().map(offered_record).collect()
    });
    Asking { shell, directory: place, git, words, offer }
}
