//! Figures and lines of reports, in English.

use crate::domain::{base::print, deciding::rule_days::WaitingStage};

/// `96.7%`, of tenths.
pub(super) fn percent(tenths: u64) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// `3 h 05 min`.
pub(super) fn length(minutes: i64) -> String {
    print::length(minutes, "h", "min")
}

/// `≥ 90%`, of a sign and a number.
pub(super) fn bound(sign: &str, number: &str, is_percent: bool) -> String {
    let unit = if is_percent { "%" } else { "" };
    format!("{sign} {number}{unit}")
}

/// The title of a figure in groups.
pub(super) fn grouped(figure: &str, by: &str) -> String {
    format!("{figure} by {by}")
}

/// The title of a figure in per cent.
pub(super) fn in_percent(figure: &str) -> String {
    format!("{figure} (%)")
}

/// The standing of rules that do not hold yet.
pub(super) fn waiting_rules(stage: WaitingStage) -> String {
    match stage {
        WaitingStage::Adopted(day) => format!("in force from {day}"),
        WaitingStage::Draft(Some(day)) => format!("draft for {day}"),
        WaitingStage::Draft(None) => "draft".to_owned(),
    }
}

/// A version of an agreement.
pub(super) fn agreement(name: &str, version: u32, is_expired: bool) -> String {
    let ended = if is_expired { " (expired)" } else { "" };
    format!("{name}, version {version}{ended}")
}

/// Whose records a report is about.
pub(super) fn only(customer: Option<&str>, unit: Option<&str>) -> String {
    let named = [("customer", customer), ("unit", unit)].into_iter();
    let named = named.filter_map(|(what, name)| Some(format!("{what} {}", name?)));
    format!("Only {}", named.collect::<Vec<_>>().join(", "))
}

/// A text with a remark on it.
pub(super) fn remarked(text: &str, remark: &str) -> String {
    format!("{text} ({remark})")
}
