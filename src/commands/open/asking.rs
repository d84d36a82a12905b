//! What was not said is asked for in the order of a telephone call: who it is, where, what happened,
//! whether it stops work, what they want, until when.

use crate::{
    app::{App, context::channel as channel_of, desk::OpenDesk},
    arguments::{prompts::Prompts, terms::MaybeTime},
    commands::open::{Open, caller::Caller, complaint::ComplaintFacts, matter::ToldMatter},
    domain::{
        base::terms::{Kind, Presumed},
        history::intake::Intake,
    },
    error::Result,
    words::label::Label,
};

/// What was told, with everything that was asked for filled in.
pub(super) struct OpenDetails {
    pub(super) caller: Caller,
    pub(super) matter: ToldMatter,
    pub(super) channel: String,
    pub(super) channel_text: Option<String>,
    pub(super) stops_work: Option<bool>,
    pub(super) expected_by: Option<MaybeTime>,
    pub(super) explanation: Option<String>,
    pub(super) complaint: Option<ComplaintFacts>,
}

impl Open {
    /// All that was told, in the order of a call.
    pub(super) fn details(
        &self,
        app: &App<'_>,
        desk: &OpenDesk<'_>,
        verb: &'static str,
    ) -> Result<OpenDetails> {
        let mut prompts = Prompts::new(app, verb);
        if self.is_brief {
            prompts = prompts.needed_only();
        }
        if app.ui.can_ask() {
            desk.remark_on_no_names(&desk.view()?)?;
            desk.ready_to_open(|context| {
                self.references(context, &mut Intake::blank(context.stamp.at))
            })?;
        }
        let policy = desk.view()?.policy()?;
        let mut caller = self.caller(desk, &mut prompts)?;
        let mut matter = self.matter(app, desk, &policy, &mut prompts)?;
        let kind = matter.kind;
        let (formal, remark) = (kind != Kind::Remark, kind == Kind::Remark);
        if caller.name.is_none() && formal && !app.ui.can_ask() {
            caller.name = Some(prompts.line(None, "--name", Label::Contact)?);
        }
        let complaint = match kind {
            Kind::Complaint => Some(self.complaint.ask(&mut prompts)?),
            Kind::Request | Kind::Fault | Kind::Change | Kind::Enquiry | Kind::Remark => None,
        };
        let stops_work = match kind {
            Kind::Request | Kind::Fault | Kind::Change => {
                prompts.yes_or_no(self.stops_work, "--stops-work", Label::StopsWork)?
            }
            Kind::Enquiry | Kind::Complaint | Kind::Remark => self.stops_work,
        };
        matter.need = match self.usual_need(&policy, &matter, desk.paper) {
            Some(usual) => {
                matter.presumed.push(Presumed::Need);
                Some(usual)
            }
            None if formal => Some(prompts.text(self.need.as_ref(), "--need", Label::Need)?),
            None => self.need.clone(),
        };
        let expected_by = match self.expected_by {
            None if self
                .usual
                .as_ref()
                .is_some_and(|usual| usual.is_settled || !app.ui.can_ask()) =>
            {
                Some(MaybeTime(None))
            }
            None if kind == Kind::Fault || formal && app.ui.can_ask() => {
                Some(prompts.due_or_none(desk, "--expected-by", Label::Expected)?)
            }
            told => told,
        };
        if remark {
            prompts.decision(self.remark.wants_reply, "--wants-reply", Label::WantsReply)?;
        }
        let explanation = match &self.remark.explanation {
            None if remark => Some(prompts.text(None, "--explanation", Label::Soothed)?),
            explanation => explanation.clone(),
        };
        let ways = || desk.channels();
        let usual = self.usual.as_ref().filter(|_| self.channel.is_none());
        matter.presumed.extend(usual.map(|_| Presumed::Channel));
        let way = self.channel.as_ref().or(usual.map(|usual| &usual.channel));
        let channel = prompts.choice(way, "--channel", Label::Channel, ways)?;
        let channel_text = match &self.channel_text {
            None if channel_of(&policy, &channel).is_other() => {
                Some(prompts.line(None, "--channel-text", Label::ChannelText)?)
            }
            told => told.clone(),
        };
        prompts.done()?;
        Ok(OpenDetails {
            caller,
            matter,
            channel,
            channel_text,
            stops_work,
            expected_by,
            explanation,
            complaint,
        })
    }
}
