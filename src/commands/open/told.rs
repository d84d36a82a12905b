//! From what was said to what the record keeps.

use crate::{
    app::{contacts::Named, draft::Draft},
    commands::open::{
        Filled, Open,
        ties::{followable, reference},
    },
    domain::{
        contact::Contact,
        intake::{Fault, Intake, ReadBack, Remark},
        moment::Use,
        refusal::Refusal,
        terms::{Action, Kind},
    },
    error::{Error, Result, usage::Usage},
    words::Refused,
};

impl Open {
    /// What was told, as the record keeps it.
    pub(super) fn told(
        &self,
        draft: &Draft<'_>,
        filled: &Filled,
    ) -> Result<(Intake, Option<String>)> {
        if filled.kind == Kind::Remark && self.remark.wants_reply == Some(true) {
            return draft.refuse(Err(Refusal::WantsReply));
        }
        let customer = draft.line("--customer", &filled.customer)?;
        let site = filled.site.as_deref().map(|text| draft.line("--site", text)).transpose()?;
        let contact = self.contact(draft, filled, &customer, site.clone())?;
        let received_at = match self.received_at {
            Some(moment) => draft.time("--received-at", moment, Use::Instant)?,
            None => draft.stamp.at,
        };
        let category = self.category.as_deref().map(|given| draft.category(given));
        let reported = draft.text("--reported", &filled.reported)?;
        let mut intake = Intake {
            kind: filled.kind,
            channel: draft.channel(&filled.channel),
            customer,
            contact: contact.as_ref().map(|contact| contact.id.clone()),
            title: draft.line("--title", &filled.title)?,
            need: draft.some_text("--need", filled.need.as_ref())?,
            category: category.clone(),
            product: self.product.as_deref().map(|given| draft.product(given)),
            impact: self.impact,
            urgency: self.urgency,
            stops_work: self.stops_work,
            expected_by: filled.expected_by.map(|told| draft.expected(told.0)).transpose()?,
            reference: self
                .reference
                .as_deref()
                .map(|text| draft.line("--ref", text))
                .transpose()?,
            expedite: draft.some_text("--expedite", self.expedite.as_ref())?,
            read_back: draft
                .some_text("--read-back", self.read_back.as_ref())?
                .map(|text| ReadBack::new(&text)),
            ..Intake::blank(received_at)
        };
        for (key, answer) in &self.answer {
            let answer = draft.text("--answer", answer)?;
            intake.answers.insert(draft.line("--answer", key)?, answer);
        }
        if filled.kind == Kind::Fault {
            let site = site.or_else(|| contact.and_then(|contact| contact.site));
            intake.fault = Some(self.fault(draft, site, &intake, &reported)?);
        }
        intake.reported = reported;
        if let Some(soothed) = &filled.soothed {
            let soothed = draft.text("--soothed", soothed)?;
            intake.remark = Some(Remark { soothed, mood: self.remark.mood });
        }
        if let Some(facts) = &filled.complaint {
            intake.complaint = Some(self.complaint.told(draft, facts)?);
        }
        self.ties(draft, &mut intake)?;
        Ok((intake, self.complaint.major.clone()))
    }

    fn contact(
        &self,
        draft: &Draft<'_>,
        filled: &Filled,
        customer: &str,
        site: Option<String>,
    ) -> Result<Option<Contact>> {
        let Some(name) = &filled.name else {
            return Ok(None);
        };
        let line = |flag, text: &Option<String>| {
            text.as_deref().map(|text| draft.line(flag, text)).transpose()
        };
        let named = Named {
            name: draft.line("--name", name)?,
            customer: Some(customer.to_owned()),
            phone: line("--phone", &filled.phone)?,
            email: line("--email", &self.email)?,
            site,
            salutation: line("--salutation", &self.salutation)?,
            namesake: line("--namesake", &draft.desk.app.wishes.namesake)?,
        };
        Ok(Some(draft.meant(&named)?.contact().clone()))
    }

    fn fault(
        &self,
        draft: &Draft<'_>,
        site: Option<String>,
        intake: &Intake,
        reported: &str,
    ) -> Result<Fault> {
        let location = draft.some_text("--location", self.location.as_ref())?;
        let symptom = draft.some_text("--symptom", self.symptom.as_ref())?;
        Ok(Fault {
            occurred_at: draft.occurred(self.occurred_at.and_then(|told| told.0))?,
            location: location.or(site).unwrap_or_else(|| intake.customer.clone()),
            symptom: symptom.unwrap_or_else(|| reported.to_owned()),
        })
    }

    /// The remark or closed record that this one goes on from, and whom it is for.
    fn ties(&self, draft: &Draft<'_>, intake: &mut Intake) -> Result<()> {
        if let Some(wanted) = &self.wanted {
            if matches!(intake.kind, Kind::Remark | Kind::Complaint) {
                let (one, other) = ("--for", "--kind remark, complaint");
                return Err(Error::Usage(Usage::NotBoth { one, other }));
            }
            let person = draft.person("--for", wanted)?;
            draft.refuse(draft.scene().active(&person).map(|_| ()))?;
            intake.wanted = Some(person);
        }
        if let Some(wanted) = &self.from {
            let remark = draft.desk.other(draft.view, wanted)?;
            if remark.intake.kind != Kind::Remark {
                return draft.refuse(Err(Refusal::NotARemark));
            }
            intake.first_contact_at = Some(remark.intake.received_at);
            intake.from = Some(reference(draft, &remark)?);
        }
        if let Some(wanted) = &self.follows {
            let closed = draft.desk.other(draft.view, wanted)?;
            followable(draft, &closed).map_err(|why| {
                let refused = Refused::of(&closed, Action::Open, why);
                Error::Refused(Box::new(Refused { action: None, ..refused }))
            })?;
            intake.follows = Some(reference(draft, &closed)?);
        }
        Ok(())
    }
}
