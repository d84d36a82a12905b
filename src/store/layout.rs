//! Where things lie in a data repository.

use chrono::NaiveDate;

use crate::domain::{
    base::ids::{ContactId, CustomerId, RecordId},
    history::event::Event,
};

/// The desk's own file.
pub const DESK: &str = "docket.yaml";
/// Folder of the rules.
pub const POLICY: &str = "policy";
/// The roster.
pub const PEOPLE: &str = "policy/people.yaml";
/// The working calendar.
pub const CALENDAR: &str = "policy/calendar.yaml";
pub const AGREEMENTS: &str = "policy/agreements.yaml";
/// What the key figures are to reach.
pub const KPI: &str = "policy/kpi.yaml";
/// Who may do what.
pub const ROLES: &str = "policy/roles.yaml";
/// Every file of the rules. A desk begins with all but the agreements.
pub const RULES: [&str; 11] = [
    DESK,
    PEOPLE,
    "policy/units.yaml",
    "policy/catalog.yaml",
    "policy/levels.yaml",
    CALENDAR,
    "policy/major_contacts.yaml",
    "policy/survey.yaml",
    KPI,
    ROLES,
    AGREEMENTS,
];
/// A file of the rules without which a desk works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionalRules {
    Kpi,
    Roles,
    Agreements,
}

impl OptionalRules {
    /// The one that lies there; `None` of any other file.
    pub fn at(path: &str) -> Option<Self> {
        [Self::Kpi, Self::Roles, Self::Agreements].into_iter().find(|rules| rules.path() == path)
    }

    pub fn path(self) -> &'static str {
        match self {
            Self::Kpi => KPI,
            Self::Roles => ROLES,
            Self::Agreements => AGREEMENTS,
        }
    }
}

/// Folder of drafts of the rules, which decide nothing.
pub const NEXT: &str = "policy/next";
/// Folder of the rules that were adopted for a day, in folders of their days.
pub const ADOPTED: &str = "policy/adopted";
/// Folder of the records.
pub const RECORDS: &str = "records";
/// Folder of the customers' persons, without what is known of them.
pub const CONTACTS: &str = "contacts";
/// Folder of the customers.
pub const CUSTOMERS: &str = "customers";
/// The reference under which lies who the customers' persons are.
pub const PERSONS: &str = "refs/docket/people";
/// What another clone and this one last agreed on of them.
pub const AGREED_PERSONS: &str = "refs/docket/agreed/people";
/// Every reference under which something is said of people.
pub const PEOPLE_REFERENCES: [&str; 2] = [PERSONS, AGREED_PERSONS];
/// Folder of the reports that closings kept.
pub const ARCHIVE: &str = "archive";
/// Folder of templates that take the place of the built-in ones.
pub const TEMPLATES: &str = "templates";

/// What git reads of how files are kept, beside the desk.
pub const ATTRIBUTES: &str = ".gitattributes";

/// Everything that is a desk's, at the top of its repository.
pub const PLACES: [&str; 7] = [DESK, POLICY, RECORDS, CONTACTS, CUSTOMERS, ARCHIVE, TEMPLATES];
/// Folders that commands alone write.
pub const WRITTEN: [&str; 4] = [RECORDS, CONTACTS, CUSTOMERS, ARCHIVE];

/// Whether a path is a desk's, or lies in a folder of it.
pub fn is_ours(path: &str) -> bool {
    let top = path.split_once('/').map_or(path, |(top, _)| top);
    PLACES.contains(&top)
}

/// Whether a path is of the rules or of the templates, which a team lead answers for.
pub fn is_of_lead(path: &str) -> bool {
    let top = path.split_once('/').map_or(path, |(top, _)| top);
    [DESK, POLICY, TEMPLATES].contains(&top)
}

/// The file of the rules at a path; `None` for any other.
pub fn rules_of(path: &str) -> Option<&'static str> {
    RULES.into_iter().find(|rules| *rules == path)
}

/// What a file of the rules is called on a command line: `levels` of `policy/levels.yaml`.
pub fn rule_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".yaml").unwrap_or(name)
}

/// The name of a file of rules that can be adopted for a day; not the desk's own, which has no day, nor the
/// roster, which has commands of its own.
fn adoptable(path: &str) -> Option<&str> {
    path.strip_prefix(POLICY)?.strip_prefix('/').filter(|_| path != PEOPLE)
}

/// The file of rules that can be adopted for a day and is called so.
fn adoptable_called(name: &str) -> Option<&'static str> {
    RULES.into_iter().find(|path| adoptable(path) == Some(name))
}

/// Where the draft of a file of rules lies: `policy/next/levels.yaml`.
pub fn draft(path: &'static str) -> Option<String> {
    Some(format!("{NEXT}/{}", adoptable(path)?))
}

/// The file of rules that a path is the draft of.
pub fn draft_of(path: &str) -> Option<&'static str> {
    adoptable_called(path.strip_prefix(NEXT)?.strip_prefix('/')?)
}

/// Where a file of rules lies that was adopted for a day: `policy/adopted/2026-12-01/levels.yaml`.
pub fn adopted(path: &'static str, day: NaiveDate) -> String {
    format!("{ADOPTED}/{day}/{}", adoptable(path).unwrap_or(path))
}

/// The file of rules that was adopted there, and for which day.
pub fn adopted_of(path: &str) -> Option<(&'static str, NaiveDate)> {
    let (day, name) = path.strip_prefix(ADOPTED)?.strip_prefix('/')?.split_once('/')?;
    let (of, day) = (adoptable_called(name)?, day.parse().ok()?);
    (adopted(of, day) == path).then_some((of, day))
}

/// The file of a record: `records/2026/11/R-261122-7K3QX.yaml`.
pub fn record(id: &RecordId) -> String {
    format!("{RECORDS}/{}/{id}.yaml", id.month())
}

/// The file of a contact: `contacts/4/T/C-4TZ9M.yaml`. A folder for each sign of its beginning, so that
/// somebody new does not have git store a list of everybody.
pub fn contact(id: &ContactId) -> String {
    format!("{CONTACTS}/{}", person(id))
}

/// The file of a customer: `customers/acme.yaml`.
pub fn customer(id: &CustomerId) -> String {
    format!("{CUSTOMERS}/{id}.yaml")
}

/// The id in the path of a customer's file; `None` for a file that is no customer.
pub fn customer_of(path: &str) -> Option<CustomerId> {
    let id: CustomerId = path.rsplit('/').next()?.strip_suffix(".yaml")?.parse().ok()?;
    (customer(&id) == path).then_some(id)
}

/// The file of who a contact is, under [`PERSONS`]: `4/T/C-4TZ9M.yaml`.
pub fn person(id: &ContactId) -> String {
    id.file()
}

/// The report kept by a closing: `archive/2026/11/R-261122-7K3QX.9D2KQ.md`.
pub fn archive(id: &RecordId, closing: &Event) -> String {
    let event = closing.stamp.id.as_str();
    let tail = &event[event.len().saturating_sub(crate::domain::base::ids::TAIL)..];
    format!("{ARCHIVE}/{}/{id}.{tail}.md", id.month())
}

/// The id in the path of a contact's file; `None` for a file that is no contact.
pub fn contact_of(path: &str) -> Option<ContactId> {
    let id: ContactId = path.rsplit('/').next()?.strip_suffix(".yaml")?.parse().ok()?;
    (contact(&id) == path).then_some(id)
}

/// The id in the path of a person's file under [`PERSONS`]; `None` for any other file.
pub fn person_of(path: &str) -> Option<ContactId> {
    let id: ContactId = path.rsplit('/').next()?.strip_suffix(".yaml")?.parse().ok()?;
    (person(&id) == path).then_some(id)
}

/// A person's file as errors name it: `refs/docket/people:4/T/C-4TZ9M.yaml`.
pub fn spelled_person(path: &str) -> String {
    format!("{PERSONS}:{path}")
}

/// The id in what [`spelled_person`] gives; `None` for any other file.
pub fn person_of_spelled(spelled: &str) -> Option<ContactId> {
    person_of(spelled.strip_prefix(PERSONS)?.strip_prefix(':')?)
}

/// The id in the path of an archived report; `None` for what is none.
pub fn archived(path: &str) -> Option<RecordId> {
    let name = path.strip_prefix(ARCHIVE)?.rsplit('/').next()?;
    name.split('.').next()?.parse().ok()
}

/// The id in the path of a record's file; `None` for a file that is no record.
pub fn record_of(path: &str) -> Option<RecordId> {
    let name = path.rsplit('/').next()?.strip_suffix(".yaml")?;
    let id: RecordId = name.parse().ok()?;
    (record(&id) == path).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_with_a_day_of_their_own_are_drafted_and_adopted() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let path = "policy/adopted/2026-12-01/levels.yaml";
        assert_eq!(adopted_of(path), Some(("policy/levels.yaml", day)));
        assert_eq!(draft_of("policy/next/levels.yaml"), Some("policy/levels.yaml"));
        for path in [
            "policy/adopted/2026-12-1/levels.yaml",
            "policy/adopted/2026-12-01/people.yaml",
            "policy/adopted/2026-12-01/docket.yaml",
            "policy/adopted/levels.yaml",
            "policy/adopted/soon/levels.yaml",
            "policy/adopted/2026-12-01/old/levels.yaml",
        ] {
            assert_eq!(adopted_of(path), None, "{path}");
        }
        assert_eq!(draft_of("policy/next/people.yaml"), None);
        assert_eq!(draft_of("policy/levels.yaml"), None);
    }
}
