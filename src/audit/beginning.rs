//! Whether a desk begins as `docket init` begins one.

use super::{
    attributes,
    class::{Area, Class},
    judge::{CommitCase, clock},
    message,
    rules::unreadable_policy,
};
use crate::{
    domain::{
        analysis::finding::{Finding, FindingCode, phrase::Phrase},
        deciding::roster,
    },
    report,
    store::{
        defaults,
        error::Result,
        git::{log::CommitInfo, snapshot::FileKind},
        layout,
        view::View,
    },
};

/// What is committed already where a desk has its records, rules and templates.
pub fn in_the_way(view: &View<'_>) -> Result<Vec<String>> {
    let places = layout::WRITTEN.into_iter();
    let places = places.chain(defaults::paths()).map(str::to_owned);
    let mut found = Vec::new();
    for path in places.chain(report::override_paths()) {
        if view.held(&path)?.is_some() {
            found.push(path);
        }
    }
    Ok(found)
}

impl CommitCase<'_> {
    pub(super) fn genesis(
        &self,
        class: &std::result::Result<Class, String>,
        findings: &mut Vec<Finding>,
    ) {
        if *class != Ok(Class::Genesis) {
            return findings.push(Finding::of(FindingCode::Ungrounded).expected("docket init"));
        }
        self.dates(false, findings);
        self.allowed(Class::Genesis, findings);
        let others = self.watched().filter(|(area, changed)| {
            let is_own = defaults::paths().any(|path| path == changed.path);
            let is_plain = changed.new.is_some_and(|new| new.kind == FileKind::File);
            *area == Area::Policy && !(is_own && is_plain)
        });
        findings.extend(
            others.map(|(_, changed)| Finding::of(FindingCode::Smuggled).path(&changed.path)),
        );
        let ungrounded = |path: &str| Finding::of(FindingCode::Ungrounded).path(path);
        match in_the_way(self.before) {
            Ok(paths) => {
                findings.extend(
                    paths.iter().map(|path| ungrounded(path).expected(Phrase::NothingThere)),
                );
            }
            Err(why) => findings
                .push(Finding::of(FindingCode::Unreadable).found(&self.words.store_error(&why))),
        }
        let after = match self.after.policy_afresh() {
            Ok(policy) => policy,
            Err(why) => {
                return findings.push(unreadable_policy(&why, self.words));
            }
        };
        findings.extend(clock(&self.commit.message, [after.desk.fixed_clock]));
        let attributes = self.after.text(layout::ATTRIBUTES).ok().flatten().unwrap_or_default();
        let prefix = &after.desk.prefix;
        let lost = attributes::lost(defaults::ATTRIBUTES, &attributes, prefix).into_iter();
        findings.extend(lost.map(|line| ungrounded(layout::ATTRIBUTES).expected(line)));
        let CommitInfo { author_name, author_email, authored_at, .. } = self.commit;
        let today = authored_at.date();
        let founder = roster::founder(author_name.clone(), author_email, today);
        if after.people.people != [founder.clone()] {
            let expected = Phrase::FounderAlone { person: founder.id.clone(), from: today };
            findings.push(ungrounded(layout::PEOPLE).expected(expected));
        }
        self.plain_message(message::BEGINNING, "init", &founder, findings);
    }
}
