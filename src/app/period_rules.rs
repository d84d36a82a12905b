//! The rules by which the figures of a period are judged.

use std::rc::Rc;

use crate::{
    app::desk::OpenDesk,
    domain::base::time::Timestamp,
    error::Result,
    report::judged::PeriodRules,
    store::{git::ids::CommitId, view::View},
};

/// The rules that were in force at each of these ends, the latest first: those of that instant, as the last
/// commit before it has them. Of a period that is not over they are those of `view`, and so they are of one that
/// ended before there were rules, or whose rules cannot be read.
pub fn in_force(
    desk: &OpenDesk<'_>,
    view: &View<'_>,
    ends: impl IntoIterator<Item = Timestamp>,
) -> Result<Vec<Rc<PeriodRules>>> {
    let names = view.policy_names()?;
    let present = Rc::new(PeriodRules {
        policy: view.policy()?,
        targets: view.targets()?,
        revision: view.commit().map(CommitId::short).unwrap_or_default(),
        later: false,
    });
    let standing_in = Rc::new(PeriodRules { later: true, ..PeriodRules::clone(&present) });
    let mut commit = view.commit();
    let mut last = (names, Rc::clone(&present));
    let mut rules = Vec::new();
    for end in ends {
        if end > desk.now() {
            rules.push(Rc::clone(&present));
            continue;
        }
        let known = |tip| desk.store.git().known_at(tip, end.plus_seconds(-1));
        commit = commit.map(known).transpose()?.flatten();
        let Some(at) = commit else {
            rules.push(Rc::clone(&standing_in));
            continue;
        };
        let then = desk.store.view_of(at)?.at(end.plus_seconds(-1));
        let names = then.policy_names()?;
        if names != last.0 {
            let read = then.policy_afresh().and_then(|policy| Ok((policy, then.targets()?)));
            let rules = read.map(|(policy, targets)| PeriodRules {
                policy,
                targets,
                revision: at.short(),
                later: false,
            });
            last = (names, rules.map_or_else(|_| Rc::clone(&standing_in), Rc::new));
        }
        rules.push(Rc::clone(&last.1));
    }
    Ok(rules)
}
