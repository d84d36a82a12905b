//! What is shown of a name, a number or an address where who it is stays hidden.

use crate::domain::base::{characters::unified, names::is_title, phone::PhoneNumber};

/// A phone number with its middle hidden, and its extension: `138****1234`, `010****5678 ext **`.
pub fn mask_phone(phone: &str) -> String {
    if let Some(extension) = PhoneNumber::extension_in(phone) {
        let (number, rest) = (&phone[..extension.start], &phone[extension.end..]);
        let is_digit = |c: char| unified(c).is_ascii_digit();
        let end = number.char_indices().rev().find(|(_, c)| is_digit(*c));
        let (number, sign) = number.split_at(end.map_or(0, |(at, c)| at + c.len_utf8()));
        return format!("{}{sign}**{rest}", mask_phone(number));
    }
    let shown: Vec<char> = phone.chars().collect();
    if shown.len() < 8 {
        let tail: String = shown.iter().rev().take(2).rev().collect();
        return format!("****{tail}");
    }
    let head: String = shown[..3].iter().collect();
    let tail: String = shown[shown.len() - 4..].iter().collect();
    format!("{head}****{tail}")
}

/// An e-mail address with all but its first letter and its domain hidden: `w***@example.com`.
pub fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => "***".to_owned(),
    }
}

/// A name with only its beginning shown: `王**`, `M. W**`.
pub fn mask_name(name: &str) -> String {
    let mut words = name.split_whitespace().peekable();
    let mut shown = Vec::new();
    while let Some(word) = words.next() {
        let first: String = word.chars().take(1).collect();
        let is_title = word.ends_with('.') || is_title(word);
        if is_title && words.peek().is_some() {
            shown.push(word.to_owned());
        } else if word.chars().count() == 1 && !shown.is_empty() {
            // its beginning would be all of it
            shown.push("**".to_owned());
        } else {
            shown.push(format!("{first}**"));
        }
    }
    shown.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_hide_what_identifies_and_keep_what_helps() {
        assert_eq!(mask_phone("13812341234"), "138****1234");
        assert_eq!(mask_phone("8321"), "****21");
        for (whole, masked) in [
            ("010-62345678 ext 12", "010****5678 ext **"),
            ("010-62345678转8012号", "010****5678转**号"),
            ("+49 30 901820 (x 7)", "+49****1820 (x **)"),
            ("010-62345678-8012", "010****5678-**"),
            ("０１０６２３４５６７８ｘ１２", "０１０****５６７８ｘ**"),
        ] {
            assert_eq!(mask_phone(whole), masked, "{whole}");
        }
        assert_eq!(mask_email("wang.min@example.com"), "w***@example.com");
        assert_eq!(mask_email("nothing"), "***");
        assert_eq!(mask_name("王敏"), "王**");
        assert_eq!(mask_name("Ms Wang"), "Ms W**");
        assert_eq!(mask_name("Anna Schmidt"), "A** S**");
    }
}
