//! The fields that only a complaint has (R74–R79).

use clap::Args;

use crate::{
    app::context::StepContext,
    arguments::{prompts::Prompts, terms::term},
    domain::{
        base::terms::{Form, Prohibition, Trigger},
        deciding::complaint,
        history::intake::Complaint,
    },
    error::Result,
    store::find::{Purpose, RecordRef},
    words::label::Label,
};

#[derive(Args, Clone, Debug, Default)]
pub(super) struct ComplaintArgs {
    #[arg(long, value_parser = term::<Trigger>())]
    trigger: Option<Trigger>,
    #[arg(long, value_parser = term::<Form>())]
    form: Option<Form>,
    #[arg(long, value_name = "PERSON|UNIT|service:TEXT")]
    against: Option<String>,
    #[arg(long, value_name = "TEXT")]
    remedy: Option<String>,
    #[arg(long, value_name = "RECORD")]
    about: Option<RecordRef>,
    #[arg(long, value_name = "TEXT")]
    complainant_role: Option<String>,
    #[arg(long, value_parser = term::<Prohibition>())]
    prohibition: Option<Prohibition>,
    #[arg(long, value_name = "CRITERION")]
    pub(super) major: Option<String>,
}

/// What a complaint cannot do without: how it came, whom it is against and what is wanted.
pub(super) type ComplaintFacts = (Trigger, Form, String, String);

impl ComplaintArgs {
    /// What a complaint cannot do without.
    pub(super) fn ask(&self, prompts: &mut Prompts<'_>) -> Result<ComplaintFacts> {
        Ok((
            prompts.term(self.trigger, "--trigger", Label::Trigger, Trigger::Direct)?,
            prompts.term(self.form, "--form", Label::Form, Form::Oral)?,
            prompts.text(self.against.as_ref(), "--against", Label::Against)?,
            prompts.text(self.remedy.as_ref(), "--remedy", Label::Remedy)?,
        ))
    }

    /// The complaint as the record keeps it.
    pub(super) fn intake(
        &self,
        context: &StepContext<'_>,
        (trigger, form, against, remedy): &ComplaintFacts,
    ) -> Result<Complaint> {
        let about = match &self.about {
            Some(wanted) => {
                let id = context.desk.id(context.view, wanted, Purpose::Change)?;
                let record = context.desk.other(context.view, &RecordRef::Full(id))?;
                Some(context.reference(&record)?)
            }
            None => None,
        };
        let role = self.complainant_role.as_deref();
        Ok(Complaint {
            trigger: *trigger,
            form: *form,
            against: context
                .refuse(complaint::against(context.policy, &context.line("--against", against)?))?,
            remedy: context.text("--remedy", remedy)?,
            about,
            complainant_role: role
                .map(|text| context.line("--complainant-role", text))
                .transpose()?,
            prohibition: self.prohibition,
        })
    }
}
