//! A customer's person: the only place with personal data.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::base::{
    ids::ContactId,
    names::is_title,
    phone::PhoneNumber,
    text::{folded, is_without_blanks},
};

/// Somebody at a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub format: u32,
    pub id: ContactId,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salutation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    pub customer: String,
    /// What tells this person from another of the same name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namesake: Option<String>,
    /// The contact that took this one's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<ContactId>,
    /// Fields that two clones changed without knowing of each other, with all their values; an
    /// empty one for none. Whoever says the field anew settles it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub disputed: BTreeMap<ContactField, BTreeSet<String>>,
}

/// What is known of a customer's person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    Name,
    Salutation,
    Phone,
    Email,
    Site,
    Customer,
    Namesake,
    MergedInto,
}

impl ContactField {
    pub const ALL: &[Self] = &[
        Self::Name,
        Self::Salutation,
        Self::Phone,
        Self::Email,
        Self::Site,
        Self::Customer,
        Self::Namesake,
        Self::MergedInto,
    ];
}

impl ContactField {
    /// The field as files spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Salutation => "salutation",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Site => "site",
            Self::Customer => "customer",
            Self::Namesake => "namesake",
            Self::MergedInto => "merged_into",
        }
    }
}

impl Contact {
    /// What a field says; `None` where it says nothing.
    pub fn get(&self, field: ContactField) -> Option<&str> {
        match field {
            ContactField::Name => Some(&self.name),
            ContactField::Salutation => self.salutation.as_deref(),
            ContactField::Phone => self.phone.as_deref(),
            ContactField::Email => self.email.as_deref(),
            ContactField::Site => self.site.as_deref(),
            ContactField::Customer => Some(&self.customer),
            ContactField::Namesake => self.namesake.as_deref(),
            ContactField::MergedInto => self.merged_into.as_ref().map(ContactId::as_str),
        }
    }

    /// Lets a field say something else.
    pub fn set(&mut self, field: ContactField, value: Option<&str>) {
        let text = value.map(str::to_owned);
        match field {
            ContactField::Name => self.name = text.unwrap_or_default(),
            ContactField::Salutation => self.salutation = text,
            ContactField::Phone => self.phone = text,
            ContactField::Email => self.email = text,
            ContactField::Site => self.site = text,
            ContactField::Customer => self.customer = text.unwrap_or_default(),
            ContactField::Namesake => self.namesake = text,
            ContactField::MergedInto => self.merged_into = value.and_then(|id| id.parse().ok()),
        }
    }

    /// True when `text` is this person's name, or phone however it is written.
    pub fn is_called(&self, text: &str) -> bool {
        folded(&self.name) == folded(text) || self.has_phone(text, PhoneNumber::is_same)
    }

    /// True when `text` is this person's phone but for an extension that one of the two lacks.
    pub fn may_be_called(&self, text: &str) -> bool {
        self.has_phone(text, PhoneNumber::may_be)
    }

    /// True when the name, or a word of it, begins so.
    pub fn seems_called(&self, text: &str) -> bool {
        has_word(&self.name, text)
    }

    /// True when the customer's name, or a word of it, begins so.
    pub fn seems_of(&self, customer: &str) -> bool {
        has_word(&self.customer, customer)
    }

    fn has_phone(&self, text: &str, fits: fn(&PhoneNumber, &PhoneNumber) -> bool) -> bool {
        let (own, given) =
            (self.phone.as_deref().and_then(PhoneNumber::read), PhoneNumber::read(text));
        own.zip(given).is_some_and(|(own, given)| fits(&own, &given))
    }
}

/// Whether a text, or a word of it, begins so, whatever case and width; of a script without blanks each
/// character begins a word.
fn has_word(text: &str, begins: &str) -> bool {
    let begins = folded(begins);
    let mut before = ' ';
    !begins.is_empty()
        && text.char_indices().any(|(place, c)| {
            let is_begin = !before.is_alphanumeric() || is_without_blanks(c);
            before = c;
            is_begin && folded(&text[place..]).starts_with(&begins)
        })
}

/// A contact, or a record, is followed through at most so many merges, for clones may have merged them
/// into each other. More than so many are nobody's mistake.
pub const MOST_MERGES: usize = 16;

/// A contact, or the one that took its place; `None` where there is none with this id.
///
/// # Errors
/// What `contact` could not read.
pub fn followed<E>(
    id: &ContactId,
    contact: impl Fn(&ContactId) -> Result<Option<Contact>, E>,
) -> Result<Option<Contact>, E> {
    let mut found = contact(id)?;
    for _ in 0..MOST_MERGES {
        let Some(into) = found.as_ref().and_then(|contact| contact.merged_into.clone()) else {
            break;
        };
        match contact(&into)? {
            Some(next) => found = Some(next),
            None => break,
        }
    }
    Ok(found)
}

impl Contact {
    /// The contact as it may be shown: what identifies the person is hidden, in all clones' values
    /// too.
    pub fn masked(mut self) -> Self {
        self.name = mask_name(&self.name);
        self.salutation = self.salutation.as_deref().map(mask_name);
        self.phone = self.phone.as_deref().map(mask_phone);
        self.email = self.email.as_deref().map(mask_email);
        for (field, values) in &mut self.disputed {
            let mask: fn(&str) -> String = match field {
                ContactField::Name | ContactField::Salutation => mask_name,
                ContactField::Phone => mask_phone,
                ContactField::Email => mask_email,
                ContactField::Site
                | ContactField::Customer
                | ContactField::Namesake
                | ContactField::MergedInto => continue,
            };
            *values = values.iter().map(|value| mask(value)).collect();
        }
        self
    }
}

/// A phone number with its middle hidden: `138****1234`.
pub fn mask_phone(phone: &str) -> String {
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
        assert_eq!(mask_email("wang.min@example.com"), "w***@example.com");
        assert_eq!(mask_email("nothing"), "***");
        assert_eq!(mask_name("王敏"), "王**");
        assert_eq!(mask_name("Ms Wang"), "Ms W**");
        assert_eq!(mask_name("Anna Schmidt"), "A** S**");
    }

    #[test]
    fn a_masked_contact_hides_what_clones_dispute_too() {
        let values = |values: [&str; 2]| values.map(str::to_owned).into_iter().collect();
        let contact = Contact {
            format: 1,
            id: "C-4TZ9M".parse().unwrap(),
            name: "Anna Schmidt".to_owned(),
            salutation: Some("Dr. Schmidt".to_owned()),
            phone: Some("13812341234".to_owned()),
            email: None,
            site: Some("Floor 3".to_owned()),
            customer: "ACME".to_owned(),
            namesake: None,
            merged_into: None,
            disputed: [
                (ContactField::Name, values(["Anna Schmidt", "Anna Smith"])),
                (ContactField::Phone, values(["13812341234", "13912341234"])),
                (ContactField::Site, values(["Floor 3", "Floor 4"])),
            ]
            .into(),
        }
        .masked();
        assert_eq!((contact.name.as_str(), contact.site.as_deref()), ("A** S**", Some("Floor 3")));
        assert_eq!(contact.salutation.as_deref(), Some("Dr. S**"));
        assert_eq!(contact.disputed[&ContactField::Name], values(["A** S**", "A** S**"]));
        assert_eq!(contact.disputed[&ContactField::Phone], values(["138****1234", "139****1234"]));
        assert_eq!(contact.disputed[&ContactField::Site], values(["Floor 3", "Floor 4"]));
    }

    #[test]
    fn a_name_is_the_same_whatever_its_case_width_and_unseen_characters() {
        let contact = Contact {
            format: 1,
            id: "C-4TZ9M".parse().unwrap(),
            name: "Ms Wang".to_owned(),
            salutation: None,
            phone: None,
            email: None,
            site: None,
            customer: "ACME".to_owned(),
            namesake: None,
            merged_into: None,
            disputed: BTreeMap::new(),
        };
        for name in ["ms wang", "Ms\u{200b} Wang", "Ｍｓ　Ｗａｎｇ"] {
            assert!(contact.is_called(name), "{name}");
        }
        assert!(!contact.is_called("Ms Wong"));
    }
}
