//! What is typed without flags: the records of a step, then what it says.

use crate::{
    domain::base::moment::Moment,
    error::{Error, Result, usage::Usage},
    store::find::RecordRef,
};

/// The words behind a verb, each in its place.
#[derive(Clone, Debug)]
pub struct Positionals {
    pub records: Vec<RecordRef>,
    texts: std::vec::IntoIter<String>,
}

impl Positionals {
    /// `ID… TEXT…` of a verb, with at most so many texts: the last words are texts, the first one is a
    /// record unless it cannot be one.
    ///
    /// # Errors
    /// [`Usage::NoText`] where a record stands in the place of a text.
    pub fn with_texts(
        words: Vec<String>,
        texts: usize,
        verb: &'static str,
        is_record: impl Fn(&RecordRef) -> bool,
    ) -> Result<Self> {
        let read = Self::of(words, texts);
        let mut texts = read.texts.as_slice().iter().filter(|word| may_be_record(word));
        match texts.find(|word| is_record(&record(word))) {
            Some(given) => Err(Error::Usage(Usage::NoText { verb, given: given.clone() })),
            None => Ok(read),
        }
    }

    fn of(mut words: Vec<String>, texts: usize) -> Self {
        let first = usize::from(words.first().is_some_and(|word| may_be_record(word)));
        let records = words.len().saturating_sub(texts).max(first);
        let texts = words.split_off(records);
        Self { records: words.iter().map(|word| record(word)).collect(), texts: texts.into_iter() }
    }

    /// `ID… TIME`, where the time may be left out: the last word is one that reads as a time, or
    /// as no id; where it reads as both, `is_record` knows.
    pub fn with_time(
        words: Vec<String>,
        is_asked: bool,
        is_record: impl Fn(&RecordRef) -> bool,
    ) -> Self {
        let is_time = |word: &String| match (Moment::parse(word).is_ok(), may_be_record(word)) {
            (true, true) => !is_record(&record(word)),
            (_, may_be_record) => !may_be_record,
        };
        let texts = is_asked && words.last().is_some_and(is_time);
        Self::of(words, usize::from(texts))
    }

    /// The time behind the records, where a flag does not say it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn fill_time(&mut self, flag: &'static str, time: &mut Option<Moment>) -> Result<()> {
        if let (None, Some(word)) = (&time, self.texts.next()) {
            let read = Moment::parse(&word).map_err(|fault| Error::Time { flag, fault })?;
            *time = Some(read);
        }
        Ok(())
    }

    /// The next of the texts, where a flag does not say it.
    pub fn fill(&mut self, flag: &mut Option<String>) {
        if flag.is_none() {
            *flag = self.texts.next();
        }
    }
}

fn record(word: &str) -> RecordRef {
    match word.parse() {
        Ok(record) => record,
    }
}

/// Whether a word has the form of an id, of the end of one, of a number elsewhere, or is `last`.
fn may_be_record(word: &str) -> bool {
    let is_of_id = |c: char| c.is_ascii_alphanumeric() || "-.#/_".contains(c);
    let is_time = word.starts_with(['+', '-']);
    !word.is_empty() && !is_time && word.chars().all(is_of_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &[&str], texts: usize) -> (Vec<String>, Vec<String>) {
        let read = Positionals::of(line.iter().map(|word| (*word).to_owned()).collect(), texts);
        let records = read.records.iter().map(|record| format!("{record:?}"));
        (records.collect(), read.texts.collect())
    }

    #[test]
    fn the_last_words_are_texts_and_the_first_is_a_record() {
        let tail = |tail: &&str| format!("Tail({tail:?})");
        for (line, texts, records, rest) in [
            (&["7k3qx", "called him"][..], 1, &["7K3QX"][..], &["called him"][..]),
            (&["7k3qx", "9d2kq", "done"], 1, &["7K3QX", "9D2KQ"], &["done"]),
            (&["7k3qx", "li", "needs hands"], 2, &["7K3QX"], &["li", "needs hands"]),
            (&["7k3qx", "li"], 2, &["7K3QX"], &["li"]),
            (&["7k3qx"], 2, &["7K3QX"], &[]),
            (&["called him"], 1, &[], &["called him"]),
            (&["+30m"], 1, &[], &["+30m"]),
            (&["7k3qx", "9d2kq"], 0, &["7K3QX", "9D2KQ"], &[]),
        ] {
            let records: Vec<String> = records.iter().map(tail).collect();
            let (found, texts) = read(line, texts);
            assert_eq!(found, records, "{line:?}");
            assert_eq!(texts, rest, "{line:?}");
        }
    }
}
