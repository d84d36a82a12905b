//! From the input to what the record keeps.

use crate::{
    app::{
        contacts::{ContactMatch, ContactQuery},
        context::{Proposal, StepContext},
        opening::Opening,
    },
    commands::open::{Open, asking::OpenDetails},
    domain::{
        base::{
            moment::Use,
            terms::{Kind, Presumed},
            text::{LINE, NAME},
        },
        deciding::steps::open::followable,
        history::{
            facts::free_text,
            intake::{FaultReport, Intake, ReadBack, Remark},
            refusal::Refusal,
            steps::Action,
        },
    },
    error::{Error, RefusalDetails, Result, usage::Usage},
    words::half_width,
};

impl Open {
    /// What was told, as the record keeps it.
    pub(super) fn intake(
        &self,
        context: &StepContext<'_>,
        filled: &OpenDetails,
    ) -> Result<Proposal<Opening>> {
        if filled.matter.kind == Kind::Remark && self.remark.wants_reply == Some(true) {
            return context.refuse(Err(Refusal::WantsReply));
        }
        context.refuse(self.fits(filled.matter.kind))?;
        let customer = context.visible_line("--customer", &filled.caller.customer, LINE)?;
        let site =
            filled.caller.site.as_deref().map(|text| context.line("--site", text)).transpose()?;
        let found = self.contact(context, filled, &customer)?;
        let received_at = match self.received_at {
            Some(moment) => context.time("--received-at", moment, Use::Instant)?,
            None => context.stamp.at,
        };
        let category = filled.matter.category.as_deref().map(|given| context.category(given));
        let reported = context.text("--reported", &filled.matter.reported)?;
        let mut intake = Intake {
            kind: filled.matter.kind,
            channel: context.channel(&filled.channel),
            channel_text: filled
                .channel_text
                .as_deref()
                .map(|text| context.line("--channel-text", text))
                .transpose()?,
            customer,
            contact: found.as_ref().map(ContactMatch::id),
            site,
            title: context.line("--title", &filled.matter.title)?,
            need: context.some_text("--need", filled.matter.need.as_ref())?,
            category: category.clone(),
            product: self.product.as_deref().map(|given| context.product(given)),
            impact: self.impact,
            urgency: self.urgency,
            presumed: filled.matter.presumed.clone(),
            stops_work: filled.stops_work,
            expected_by: filled.expected_by.map(|told| context.expected(told.0)).transpose()?,
            reference: self
                .reference
                .as_deref()
                .map(|text| context.line("--ref", text))
                .transpose()?,
            expedite: context.some_text("--expedite", self.expedite.as_ref())?,
            read_back: context
                .some_text("--read-back", self.read_back.as_ref())?
                .map(|text| ReadBack::new(&text)),
            ..Intake::blank(received_at)
        };
        for (key, answer) in &filled.matter.answers {
            let answer = context.text("--answer", answer)?;
            intake.answers.insert(context.line("--answer", key)?, answer);
        }
        intake.reported = reported;
        if filled.matter.kind == Kind::Fault {
            intake.fault = Some(self.fault(context, &intake)?);
            let location = self.location.is_none().then_some(Presumed::Location);
            intake.presumed.extend(location);
            intake.presumed.extend(self.symptom.is_none().then_some(Presumed::Symptom));
        }
        if let Some(explanation) = &filled.explanation {
            let soothed = context.text("--explanation", explanation)?;
            intake.remark = Some(Remark { soothed, mood: self.remark.mood });
        }
        if let Some(facts) = &filled.complaint {
            intake.complaint = Some(self.complaint.intake(context, facts)?);
        }
        self.references(context, &mut intake)?;
        let major = self.complaint.major.as_deref().map(|given| context.criterion(given));
        let opening = Opening { intake, major };
        Ok(Proposal::from(opening).with_contacts(found))
    }

    /// Refuses what only a record of another kind has a place for.
    fn fits(&self, kind: Kind) -> std::result::Result<(), Refusal> {
        let fault = kind == Kind::Fault;
        for (there, fits, flag, with) in [
            (self.occurred_at.is_some(), fault, "--occurred-at", "--kind fault"),
            (self.detected_at.is_some(), fault, "--detected-at", "--kind fault"),
            (self.source.is_some(), fault, "--source", "--kind fault"),
            (self.location.is_some(), fault, "--location", "--kind fault"),
            (self.symptom.is_some(), fault, "--symptom", "--kind fault"),
            (self.remark.mood.is_some(), kind == Kind::Remark, "--mood", "--kind remark"),
        ] {
            if there && !fits {
                return Err(Refusal::OnlyWith { flag, with });
            }
        }
        Ok(())
    }

    fn contact(
        &self,
        context: &StepContext<'_>,
        filled: &OpenDetails,
        customer: &str,
    ) -> Result<Option<ContactMatch>> {
        let Some(name) = &filled.caller.name else {
            return Ok(None);
        };
        let line = |flag, text: Option<&String>, most| {
            text.map(|text| context.visible_line(flag, text, most)).transpose()
        };
        let told_apart =
            context.desk.app.options.namesake.as_ref().or(filled.caller.namesake.as_ref());
        let named = ContactQuery {
            name: context.name_line("--name", name)?,
            customer: Some(customer.to_owned()),
            phone: line("--phone", filled.caller.phone.as_ref(), LINE)?
                .map(|phone| half_width(&phone)),
            email: line("--email", self.email.as_ref(), LINE)?,
            salutation: line("--salutation", self.salutation.as_ref(), NAME)?,
            namesake: line("--namesake", told_apart, NAME)?,
        };
        Ok(Some(context.matching(&named)?))
    }

    fn fault(&self, context: &StepContext<'_>, intake: &Intake) -> Result<FaultReport> {
        let location = context.some_text("--location", self.location.as_ref())?;
        let symptom = context.some_text("--symptom", self.symptom.as_ref())?;
        Ok(FaultReport {
            occurred_at: context.occurred(self.occurred_at.and_then(|told| told.0))?,
            detected_at: self
                .detected_at
                .map(|at| context.time("--detected-at", at, Use::Instant))
                .transpose()?,
            source: self.source,
            location: location.unwrap_or_else(|| taken(intake, Presumed::Location)),
            symptom: symptom.unwrap_or_else(|| taken(intake, Presumed::Symptom)),
        })
    }

    /// The remark or closed record that this one goes on from, and whom it is for.
    pub(super) fn references(&self, context: &StepContext<'_>, intake: &mut Intake) -> Result<()> {
        if let Some(wanted) = &self.wanted {
            if matches!(intake.kind, Kind::Remark | Kind::Complaint) {
                let (one, other) = ("--for", "--kind remark, complaint");
                return Err(Error::Usage(Usage::NotBoth { one, other }));
            }
            let person = context.person(wanted)?;
            intake.wanted = Some(person);
        }
        if let Some(wanted) = &self.from {
            let remark = context.desk.other(context.view, wanted)?;
            intake.first_contact_at = Some(remark.intake.received_at);
            intake.from = Some(context.reference(&remark)?);
        }
        if let Some(wanted) = &self.follows {
            let closed = context.desk.other(context.view, wanted)?;
            followable(&closed, &context.scene()).map_err(|why| {
                let refused = RefusalDetails::of(&closed, Action::Open, why);
                Error::Refused(Box::new(RefusalDetails { action: None, ..refused }))
            })?;
            intake.follows = Some(context.reference(&closed)?);
        }
        Ok(())
    }
}

/// What fills a field that nobody said, out of the others; empty where it is the desk's usual.
fn taken(intake: &Intake, what: Presumed) -> String {
    let told = |field: &&str| {
        let mut facts = intake.facts().into_iter().filter(|fact| fact.name == *field);
        facts.find_map(|fact| free_text(&fact).map(str::to_owned))
    };
    what.taken_from().iter().find_map(told).unwrap_or_default()
}
