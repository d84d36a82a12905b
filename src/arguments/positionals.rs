//! What is typed without flags: the records of a step, then what it says.

use crate::{
    app::desk::OpenDesk,
    domain::base::moment::Moment,
    error::{Error, Result, usage::Usage},
    store::find::RecordRef,
};

/// `ID… TEXT…` of a verb, with those of these texts that no flag says: the last words are texts, the
/// first one is a record unless it cannot be one.
///
/// # Errors
/// [`Usage::NoText`] where a record stands in the place of a text.
pub fn with_texts<const N: usize>(
    desk: &OpenDesk<'_>,
    verb: &'static str,
    words: Vec<String>,
    flags: [&mut Option<String>; N],
) -> Result<Vec<RecordRef>> {
    let unsaid: Vec<_> = flags.into_iter().filter(|flag| flag.is_none()).collect();
    let (records, texts) = split(words, unsaid.len());
    let mut like_records = texts.iter().filter(|word| may_be_record(word));
    if let Some(given) = like_records.find(|word| desk.has_record(&record(word))) {
        return Err(Error::Usage(Usage::NoText { verb, given: given.clone() }));
    }
    for (flag, text) in unsaid.into_iter().zip(texts) {
        *flag = Some(text);
    }
    Ok(records)
}

/// `ID… TIME`, with a time that no flag says where one is asked for: the last word is one that reads as a
/// time, or as no id; where it reads as both, the desk knows whether it is a record.
///
/// # Errors
/// What is wrong with the time.
pub fn with_time(
    desk: &OpenDesk<'_>,
    words: Vec<String>,
    flag: &'static str,
    time: Option<&mut Option<Moment>>,
) -> Result<Vec<RecordRef>> {
    let is_time = |word: &String| match (Moment::parse(word).is_ok(), may_be_record(word)) {
        (true, true) => !desk.has_record(&record(word)),
        (_, may_be_record) => !may_be_record,
    };
    let unsaid = time.filter(|time| time.is_none() && words.last().is_some_and(is_time));
    let (records, mut texts) = split(words, usize::from(unsaid.is_some()));
    if let (Some(time), Some(word)) = (unsaid, texts.pop()) {
        let read = Moment::parse(&word).map_err(|fault| Error::Time { flag, fault })?;
        *time = Some(read);
    }
    Ok(records)
}

/// Records, and at most so many texts behind them.
fn split(mut words: Vec<String>, texts: usize) -> (Vec<RecordRef>, Vec<String>) {
    let first = usize::from(words.first().is_some_and(|word| may_be_record(word)));
    let records = words.len().saturating_sub(texts).max(first);
    let texts = words.split_off(records);
    (words.iter().map(|word| record(word)).collect(), texts)
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
            let rest: Vec<String> = rest.iter().map(|text| (*text).to_owned()).collect();
            let words = line.iter().map(|word| (*word).to_owned()).collect();
            let (found, texts) = split(words, texts);
            let found: Vec<String> = found.iter().map(|record| format!("{record:?}")).collect();
            assert_eq!((found, texts), (records, rest), "{line:?}");
        }
    }
}
