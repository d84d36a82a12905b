//! What is worded otherwise about users of the desk's own house and their department, in English.

/// Vocabulary, code, label.
pub(super) const INTERNAL: &[(&str, &str, &str)] = &[
    ("fact", "customer", "department"),
    ("fact", "reference", "user's reference"),
    ("fact", "mood", "user's mood"),
    ("fact", "consent", "user agreed"),
    ("fact", "extend.with", "user asked"),
    ("fact", "comment", "user's words"),
    ("fact", "replied", "user got a reply"),
    ("fact", "cap_per_customer", "maximum per department"),
    ("field", "customer", "department"),
    ("action", "update.contact", "contact the user"),
    ("done", "update.contact", "user contacted"),
    ("done", "extend.refused", "extension refused by the user"),
    ("progress", "contacted", "user contacted"),
    ("progress", "waiting_customer", "waiting for the user"),
    ("exception", "unreachable", "user unreachable"),
    ("exception", "withdrawn", "withdrawn by the user"),
    ("pause", "waiting_customer", "waiting for the user"),
    ("pause", "scheduled_by_customer", "scheduled by the user"),
];
