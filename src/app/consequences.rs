//! What a step brings about besides its event: the complaint that an answer opens, and the report
//! that a closing keeps.

use crate::{
    app::{
        context::{Proposal, StepContext},
        desk::OpenDesk,
        step::{DecidedStep, StepRequest, WithContacts},
    },
    domain::{
        deciding::{complaint, policy::Policy, scene::Scene, steps::Decidable},
        history::{
            event::Event,
            record::Record,
            status::parts::Archive,
            steps::{Act, Action},
        },
    },
    error::Result,
    report::{
        self,
        kept_report::{self, KeptReport},
    },
    store::{blob_name, find::Purpose, git::FileChange, layout, view::View, zone::record_in},
    words::{Lang, Words},
};

impl OpenDesk<'_> {
    /// The complaint that a dissatisfied callback or the worst answer to a survey opens (R77, R78);
    /// the event names it.
    pub(super) fn spawn(
        &self,
        view: &View<'_>,
        policy: &Policy,
        step: &DecidedStep,
    ) -> Result<(Option<Record>, Event)> {
        let mut event = step.event.clone();
        if complaint::caused_intake(&step.record, &event).is_none() {
            return Ok((None, event));
        }
        let recorded_at = event.stamp.recorded_at;
        let seed_context = self.seed_context(view, event.act.action(), &step.actor.person.id)?;
        let id = self.free_id(view, policy, recorded_at, &seed_context)?;
        let names = (id, self.app.ids.event(recorded_at, &seed_context)?);
        let lookup = &WithContacts { store: &self.store, view, contacts: &step.contacts };
        let now = self.no_earlier(view, recorded_at)?;
        let scene = Scene { record: &step.record, policy, stamp: &step.event.stamp, now, lookup };
        let complaint = complaint::opened_by(&event, &scene, names)?;
        event.stamp.opened = complaint.as_ref().and_then(Record::reference);
        Ok((complaint, event))
    }

    /// The report of a closing, rendered by the desk's own template before anybody is kept waiting;
    /// `None` where there is no such template, or where the step would be refused.
    pub(super) fn rendered_before<S: Decidable>(
        &self,
        request: StepRequest<'_>,
        propose: impl Fn(&StepContext<'_>) -> Result<Proposal<S::Request>>,
    ) -> Result<Option<KeptReport>> {
        if S::ACTION != Action::Close {
            return Ok(None);
        }
        let draft = || {
            let view = self.view().ok()?;
            let id = self.id(&view, request.record, Purpose::Change).ok()?;
            let record = view.record(&id).ok()??;
            view.text(&kept_report::template(&record, self.report_lang())).ok()??;
            let policy = view.policy().ok()?;
            let step = self.decided_step::<S>(request, &view, &policy, propose).ok()?;
            self.report_of(&view, &policy, &step.record.with(step.event)).ok()
        };
        Ok(draft().map(kept_report::ReportDraft::rendered).transpose()?)
    }

    /// Renders the report that a closing keeps, and names it in the event.
    pub(super) fn keep_report(
        &self,
        view: &View<'_>,
        policy: &Policy,
        step: &DecidedStep,
        event: &mut Event,
        rendered: Option<&KeptReport>,
    ) -> Result<Option<FileChange>> {
        let path = layout::archive(&step.record.id, event);
        let closed = step.record.with(event.clone());
        let Act::Close(close) = &mut event.act else {
            return Ok(None);
        };
        let draft = self.report_of(view, policy, &closed)?;
        let text = match rendered.filter(|rendered| rendered.is_of(&draft)) {
            Some(rendered) => rendered.text.clone(),
            None => draft.rendered()?.text,
        };
        close.archive = Some(Archive {
            path: path.clone(),
            blob: blob_name(text.as_bytes()),
            edition: Some(report::EDITION),
        });
        Ok(Some(FileChange { path, content: Some(text.into_bytes()) }))
    }

    /// What leaves the desk speaks the desk's language.
    fn report_lang(&self) -> Lang {
        Lang::from_tag(&self.desk.locale).unwrap_or_default()
    }

    fn report_of(
        &self,
        view: &View<'_>,
        policy: &Policy,
        closed: &Record,
    ) -> Result<kept_report::ReportDraft> {
        let lang = self.report_lang();
        let own = view.text(&kept_report::template(closed, lang))?;
        let closed = record_in(closed, policy.calendar.zone());
        let words = Words::new(lang);
        let closed = closed.as_seen(&[], words.redacted_mark());
        let words = words.about(view.customer_names()?.party(&closed.status.customer));
        Ok(kept_report::draft(&closed, policy, words, own)?)
    }
}
