//! Words that people type in place of a value.

use crate::words::{Lang, Words, half_width};

/// A word that stands for something of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedWord {
    /// Whoever types it.
    Me,
    /// Every state in which work is left.
    Unfinished,
    /// There is no such value.
    None,
    /// The value is not known.
    Unknown,
    Yes,
    No,
    /// Nothing was done that the service code forbids.
    Clean,
    /// Nothing of the customer's was used or affected.
    Untouched,
    /// Somebody who is not named.
    Nobody,
}

impl TypedWord {
    /// Whether the input says that there is nothing of what is asked for, in whichever word: `none`, `no`.
    pub fn is_nothing(typed: &str) -> bool {
        [Self::None, Self::No, Self::Untouched].into_iter().any(|word| word.is_typed(typed))
    }

    /// Whether the input names nobody, where a person is to be named: `nobody`, `unknown`, or no letter at
    /// all.
    pub fn is_nobody(typed: &str) -> bool {
        !typed.chars().any(char::is_alphabetic)
            || Self::is_nothing(typed)
            || [Self::Me, Self::Unknown, Self::Nobody].into_iter().any(|word| word.is_typed(typed))
    }

    /// Whether the input is this word, in any language and width.
    pub fn is_typed(self, typed: &str) -> bool {
        let typed = half_width(typed.trim()).to_lowercase();
        Lang::ALL.into_iter().any(|lang| Words::new(lang).typed(self).contains(&typed.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_in_every_language() {
        for (word, typed) in [
            (TypedWord::Me, "me"),
            (TypedWord::Me, "我"),
            (TypedWord::Unfinished, "未完结"),
            (TypedWord::None, " NONE "),
            (TypedWord::Unknown, "不详"),
            (TypedWord::Yes, "ｙ"),
            (TypedWord::No, "否"),
            (TypedWord::Untouched, "未使用"),
        ] {
            assert!(word.is_typed(typed), "{typed}");
        }
        assert!(!TypedWord::Me.is_typed("zhang"));
        for typed in ["none", "no", "无", "否", "没有", "未使用", "未影响", "not used"] {
            assert!(TypedWord::is_nothing(typed), "{typed}");
        }
        for typed in ["nobody", "N/A", "unknown", "me", "?", "...", "没人", "客户", "无", "１２"]
        {
            assert!(TypedWord::is_nobody(typed), "{typed}");
        }
        assert!(!TypedWord::is_nobody("Na") && !TypedWord::is_nobody("客户经理王"));
        assert!(!TypedWord::is_nothing("Nora") && !TypedWord::is_nothing("吴女士"));
    }
}
