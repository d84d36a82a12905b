//! A text from its first to its last character, a word or a number at a time.

/// More digits than this are a slip of the finger: 999999 hours are 114 years.
const MOST_DIGITS: usize = 6;

/// Chinese digits; the one for two that stands before a measure too.
const DIGITS: [(char, i64); 12] = [
    ('〇', 0),
    ('零', 0),
    ('一', 1),
    ('二', 2),
    ('两', 2),
    ('三', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
];

/// What is left of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan<'t> {
    rest: &'t str,
}

impl<'t> Scan<'t> {
    pub(super) fn new(rest: &'t str) -> Self {
        Self { rest }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Takes a blank, if there is one.
    pub(super) fn blank(&mut self) -> bool {
        self.word(" ")
    }

    /// Takes a word, if it stands here whole: letters of ASCII are not parted.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(word) else { return false };
        let is_letter = |c: char| c.is_ascii_alphabetic();
        if word.ends_with(is_letter) && rest.starts_with(is_letter) {
            return false;
        }
        self.rest = rest;
        true
    }

    /// What the first of these words means that stands here.
    pub(super) fn one_of<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        words.iter().find(|(word, _)| self.word(word)).map(|(_, meaning)| *meaning)
    }

    /// Digits of ASCII as they stand.
    pub(super) fn digits(&mut self) -> Option<&'t str> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!digits.is_empty()).then_some(digits)
    }

    /// A whole number in figures or in Chinese.
    pub(super) fn count(&mut self) -> Option<i64> {
        let before = *self;
        if let Some(digits) = self.digits() {
            if digits.len() <= MOST_DIGITS {
                return digits.parse().ok();
            }
            *self = before;
            return None;
        }
        self.numeral()
    }

    /// As [`Self::count`], of what is never negative nor great.
    pub(super) fn small(&mut self) -> Option<u32> {
        let before = *self;
        let number = self.count().and_then(|count| u32::try_from(count).ok());
        if number.is_none() {
            *self = before;
        }
        number
    }

    /// 十五, 两, 一百二十: a number below a thousand.
    fn numeral(&mut self) -> Option<i64> {
        let (mut total, mut digit, mut taken) = (0, None, 0);
        for c in self.rest.chars() {
            match (c, digit) {
                ('十', _) => total += digit.take().unwrap_or(1) * 10,
                ('百', Some(hundreds)) => {
                    total += hundreds * 100;
                    digit = None;
                }
                (c, None | Some(0)) => {
                    let Some((_, value)) = DIGITS.iter().find(|(own, _)| *own == c) else { break };
                    digit = Some(*value);
                }
                _ => break,
            }
            taken += c.len_utf8();
        }
        self.rest = &self.rest[taken..];
        (taken > 0).then_some(total + digit.unwrap_or(0))
    }
}
