//! Whether a closing keeps its report, and nobody else keeps one.

use super::{class::Area, judge::CommitCase};
use crate::{
    domain::{
        analysis::finding::{Detail, Finding, FindingCode, phrase::Phrase},
        deciding::policy::Policy,
        history::{event::Event, record::Record, steps::Act},
    },
    report::{EDITION, kept_report},
    store::{blob_name, layout, zone::record_in},
    words::{Lang, Words},
};

impl CommitCase<'_> {
    /// `record` is the one before the event. What the present edition made is made again; what a
    /// later one made is only held against its name.
    pub(super) fn archive(
        &self,
        record: &Record,
        event: &Event,
        policy: &Policy,
        findings: &mut Vec<Finding>,
    ) {
        let forged = |path: &str| Finding::of(FindingCode::ArchiveForged).path(path);
        let reports = || self.watched().filter(|(area, _)| *area == Area::Archive);
        let archive = match &event.act {
            Act::Close(close) => Some(close.archive.clone()),
            _ => None,
        };
        let path = archive.as_ref().map(|_| layout::archive(&record.id, event));
        for (_, changed) in reports().filter(|(_, changed)| Some(&changed.path) != path.as_ref()) {
            if changed.new.is_some() {
                findings.push(forged(&changed.path));
            }
        }
        let (Some(archive), Some(path)) = (archive, path) else { return };
        let there = reports().find(|(_, changed)| changed.path == path);
        let there = there.filter(|(_, changed)| changed.old.is_none());
        let there = there.and_then(|(_, changed)| Some(changed.new?.id.to_string()));
        let Some(archive) = archive.filter(|archive| archive.path == path) else {
            return findings.push(forged(&path).expected(&path));
        };
        if there.as_ref() != Some(&archive.blob) {
            let found = there.map_or(Phrase::None.into(), Detail::Value);
            return findings.push(forged(&path).expected(&archive.blob).found(found));
        }
        let Some(edition) = archive.edition else {
            return findings.push(forged(&path).expected(Phrase::Edition));
        };
        if kept_report::is_later(edition) {
            return findings
                .push(Finding::of(FindingCode::EditionUnknown).path(&path).found(&edition));
        }
        if edition != EDITION {
            return findings.push(forged(&path).expected(&EDITION).found(&edition));
        }
        match self.made_again(record, event, policy) {
            Some(due) if due == archive.blob => {}
            Some(due) => findings.push(forged(&path).expected(&due).found(&archive.blob)),
            None => findings.push(forged(&path).expected(Phrase::ReportThatCanBeMade)),
        }
    }

    /// The name of the report as the command would have kept it: by the parent's rules and its
    /// template.
    fn made_again(&self, record: &Record, event: &Event, policy: &Policy) -> Option<String> {
        let mut event = event.clone();
        if let Act::Close(close) = &mut event.act {
            close.archive = None;
        }
        let closed = record.with(event);
        let lang = Lang::from_tag(&policy.desk.locale).unwrap_or_default();
        let own = self.before.text(&kept_report::template(&closed, lang)).ok()?;
        let closed = record_in(&closed, policy.calendar.zone());
        let words = Words::new(lang);
        let closed = closed.as_seen(&[], words.redacted_mark());
        let words = words.about(self.before.customer_names().ok()?.party(&closed.status.customer));
        let draft = kept_report::draft(&closed, policy, words, own).ok()?;
        Some(blob_name(draft.rendered().ok()?.text.as_bytes()))
    }
}
