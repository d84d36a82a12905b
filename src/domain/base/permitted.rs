//! A value that may be given, and which of several somebody means.

use super::{nearest::nearest, text::folded};

/// A value that may be given: its code, and what the desk's rules call it in each language. Words that
/// docket itself knows have no name here: the catalogue of the language names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermittedValue {
    pub code: String,
    pub en: String,
    pub zh: String,
}

/// What somebody means by a code, a name or the beginning of either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueMatch {
    One(String),
    /// Each of them begins so.
    Several(Vec<PermittedValue>),
    Nothing,
}

impl PermittedValue {
    pub fn new(code: &str, en: &str, zh: &str) -> Self {
        Self { code: code.to_owned(), en: en.to_owned(), zh: zh.to_owned() }
    }

    /// A value with one name in every language.
    pub fn named(code: &str, name: &str) -> Self {
        Self::new(code, name, name)
    }

    /// A value that the catalogue names.
    pub fn plain(code: &str) -> Self {
        Self::new(code, "", "")
    }

    /// Whether it is called so.
    pub fn is(&self, given: &str) -> bool {
        let given = folded(given);
        !given.is_empty() && self.spellings().any(|own| folded(own) == given)
    }

    /// Whether its code, its name or a later word of its name begins so.
    fn begins(&self, given: &str) -> bool {
        let given = folded(given);
        let later =
            |name: &str| name.split_whitespace().any(|word| folded(word).starts_with(&given));
        !given.is_empty()
            && self.spellings().any(|own| folded(own).starts_with(&given) || later(own))
    }

    fn spellings(&self) -> impl Iterator<Item = &str> {
        [&self.code, &self.en, &self.zh].into_iter().map(String::as_str)
    }
}

/// Which of these is meant: by its code, else by its name, else by the beginning of either.
pub fn meant(given: &str, choices: &[PermittedValue]) -> ValueMatch {
    let given = given.trim();
    if let Some(own) = choices.iter().find(|choice| choice.code == given) {
        return ValueMatch::One(own.code.clone());
    }
    let called: Vec<_> = choices.iter().filter(|choice| choice.is(given)).collect();
    let begun = || choices.iter().filter(|choice| choice.begins(given)).collect();
    let found = if called.is_empty() { begun() } else { called };
    match found[..] {
        [] => ValueMatch::Nothing,
        [one] => ValueMatch::One(one.code.clone()),
        ref several => {
            ValueMatch::Several(several.iter().map(|choice| (*choice).clone()).collect())
        }
    }
}

/// The codes that are nearest to what was given, by code or by name.
pub fn nearest_codes(given: &str, choices: &[PermittedValue]) -> Vec<String> {
    let spellings =
        choices.iter().flat_map(PermittedValue::spellings).filter(|own| !own.is_empty());
    let mut codes = Vec::new();
    for near in nearest(given, spellings) {
        let of = choices.iter().find(|choice| choice.spellings().any(|own| own == near));
        if let Some(choice) = of.filter(|choice| !codes.contains(&choice.code)) {
            codes.push(choice.code.clone());
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_meant_by_code_name_or_the_beginning_of_either_in_both_scripts() {
        let people = [
            PermittedValue::named("zhang", "张伟"),
            PermittedValue::named("zhao", "张敏"),
            PermittedValue::named("anna", "Anna Schmidt"),
            PermittedValue::named("li", "李娜"),
            PermittedValue::named("lin", "Lin Fang"),
        ];
        for (given, meant_by) in [
            ("zhang", Ok("zhang")),
            ("ＺＨＡＮＧ", Ok("zhang")),
            ("张伟", Ok("zhang")),
            ("张敏", Ok("zhao")),
            ("anna schmidt", Ok("anna")),
            ("sch", Ok("anna")),
            ("李", Ok("li")),
            ("li", Ok("li")),
            ("lin", Ok("lin")),
            ("zh", Err(2)),
            ("张", Err(2)),
            ("bob", Err(0)),
            ("", Err(0)),
        ] {
            let wanted = match (meant(given, &people), meant_by) {
                (ValueMatch::One(code), Ok(wanted)) => code == wanted,
                (ValueMatch::Several(several), Err(wanted)) => several.len() == wanted,
                (ValueMatch::Nothing, Err(wanted)) => wanted == 0,
                _ => false,
            };
            assert!(wanted, "{given}: {:?}", meant(given, &people));
        }
        assert_eq!(nearest_codes("annna", &people), ["anna"]);
        assert_eq!(nearest_codes("Ana Schmidt", &people), ["anna"]);
    }
}
