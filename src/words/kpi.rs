//! What the key figures are called, and what each of them counts.

use crate::{
    domain::analysis::kpi::{Kpi, figure::TargetStanding},
    words::{Lang, Words, half_width, label::Label},
};

impl Words {
    /// What a figure is called.
    pub fn kpi(self, kpi: Kpi) -> &'static str {
        self.figure(kpi).0
    }

    /// What a figure counts, and what it is divided by.
    pub fn formula(self, kpi: Kpi) -> &'static str {
        self.figure(kpi).1
    }

    /// The limit whose keeping a figure counts; the figure itself where it counts something else.
    pub fn limit_of(self, kpi: Kpi) -> &'static str {
        self.label(match kpi {
            Kpi::AckOntime => Label::AckDue,
            Kpi::ResponseOntime => Label::RespondDue,
            Kpi::CommitmentKept => Label::CommitmentDue,
            Kpi::PromiseKept => Label::PromisedReply,
            Kpi::ResolveOntime => Label::ResolveDue,
            Kpi::ExpectedOntime => Label::Expected,
            Kpi::ComplaintOntime => Label::ComplaintDue,
            other => return self.kpi(other),
        })
    }

    /// How a figure stands against its target, with a sign that needs no colour.
    pub fn against(self, standing: TargetStanding) -> &'static str {
        (self.catalogue.target)(standing)
    }

    fn figure(self, kpi: Kpi) -> (&'static str, &'static str) {
        (self.catalogue.figure)(kpi)
    }
}

/// A figure as people type it: its name, or what it is called in any language.
pub fn read_kpi(typed: &str) -> Option<Kpi> {
    use crate::domain::base::terms::Term as _;
    let typed = half_width(typed.trim()).to_lowercase();
    let code = typed.replace([' ', '-'], "_");
    Kpi::ALL.iter().copied().find(|kpi| {
        let called = |lang| Words::new(lang).kpi(*kpi).to_lowercase() == typed;
        kpi.code() == code || Lang::ALL.into_iter().any(called)
    })
}
