//! `docket amend`: corrects a fact; the original stays.

use clap::Args;

use crate::{
    app::{
        App,
        contacts::NamedPerson,
        context::{Proposal, StepContext},
        persons::MOST_NEAR,
        step::StepRequest,
    },
    arguments::{
        prompts::{Prompts, customers::CustomerReading},
        terms::{key_value, named, time_or_none},
    },
    commands::Command,
    complete::ForStep,
    domain::{
        base::{
            ids::EventId,
            moment::{Moment, Use},
            terms::{Field, Grade, Kind, Presumed},
            text::LINE,
        },
        deciding::{complaint, steps::amend::Request},
        history::{
            intake::Expected,
            refusal::Refusal,
            steps::{self, Action},
        },
    },
    error::{Error, Result, usage::Usage},
    store::find::RecordRef,
    ui::answer::Answer,
    words::{label::Label, message::Message, read_term},
};

#[derive(Args, Debug)]
pub struct Amend {
    #[arg(add = ForStep(Action::Amend))]
    record: Option<RecordRef>,
    #[arg(long, value_name = "FIELD=VALUE", value_parser = key_value)]
    set: Vec<(String, String)>,
    #[arg(long, value_name = "NUMBER", conflicts_with = "set")]
    event: Option<u32>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Command for Amend {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut prompts = Prompts::new(app, "amend");
        let record = prompts.record(&desk, Action::Amend, self.record.as_ref())?;
        let reason = prompts.text(self.reason.as_ref(), "--reason", Label::Reason)?;
        prompts.done()?;
        let mut new_customer = None;
        let fields = self
            .set
            .iter()
            .map(|(field, value)| {
                let read = named::<Field>(field).map_err(|why| Usage::value("--set", field, why));
                let (field, mut value) = (read.map_err(Error::Usage)?, value.clone());
                if field == Field::Customer {
                    let reading = CustomerReading::Whole;
                    let (customer, near) = prompts.known_customer(&desk, value, reading)?;
                    new_customer = near.map(|near| (customer.clone(), near));
                    value = customer;
                }
                Ok((field, value))
            })
            .collect::<Result<Vec<_>>>()?;

        let done = desk.step::<steps::amend::Amend>(StepRequest::new(&record), |context| {
            let (mut set, mut contacts) = (Vec::new(), Vec::new());
            for (field, value) in &fields {
                if *field == Field::Contact {
                    let meant = context.customer_person(&NamedPerson::from(value))?;
                    set.push((*field, meant.id().to_string()));
                    contacts.push(meant);
                } else {
                    set.push((*field, spelled(context, *field, value)?));
                }
            }
            let reason = context.text("--reason", &reason)?;
            let event = self.event.map(|number| numbered(context, number)).transpose()?;
            let stays = of_old_customer(context, &set)?;
            let proposal = Proposal::from(Request { set, event, reason });
            Ok(proposal.with_contacts(contacts).with_remarks(stays))
        })?;

        if let Some((customer, near)) = new_customer {
            let near = near.into_iter().take(MOST_NEAR).collect();
            app.ui.remark(&desk.words.message(&Message::NewCustomer { customer, near }));
        }
        Ok(Box::new(done))
    }
}

/// What a record keeps of a customer who was not meant, each with the command that mends it.
fn of_old_customer(context: &StepContext<'_>, set: &[(Field, String)]) -> Result<Vec<Message>> {
    let said = |wanted: Field| set.iter().find(|(field, _)| *field == wanted);
    let Some((_, customer)) = said(Field::Customer) else { return Ok(Vec::new()) };
    let names = context.view.customer_names()?;
    let record = context.record;
    let (status, tail) = (&record.status, record.id.tail().to_owned());
    if names.are_one(&status.customer, customer) {
        return Ok(Vec::new());
    }
    let mut stays = Vec::new();
    let own = status.contact.as_ref().filter(|_| said(Field::Contact).is_none());
    let own = own.map(|own| context.view.followed(own)).transpose()?.flatten();
    if let Some(own) = own.filter(|own| !names.are_one(&own.customer, customer)) {
        let (contact, other) = (own.id, own.customer);
        stays.push(Message::ContactStays { tail: tail.clone(), contact, other });
    }
    if let Some(site) = status.site.clone().filter(|_| said(Field::Site).is_none()) {
        stays.push(Message::SiteStays { tail: tail.clone(), site });
    }
    let location = record.intake.fault.as_ref().map(|fault| fault.location.clone());
    let assumed = |_: &String| record.intake.presumed.contains(&Presumed::Location);
    if let Some(location) = location.filter(assumed) {
        stays.push(Message::LocationStays { tail, location });
    }
    Ok(stays)
}

/// The event with this number.
fn numbered(context: &StepContext<'_>, number: u32) -> Result<EventId> {
    let found = context.record.history.iter().find(|event| event.stamp.n == number);
    context.refuse(found.map(|event| event.stamp.id.clone()).ok_or(Refusal::NoEvent(number)))
}

/// The value in the spelling of files.
fn spelled(context: &StepContext<'_>, field: Field, value: &str) -> Result<String> {
    let bad = || Refusal::BadValue { field, given: value.to_owned() };
    match field {
        Field::Need => context.text("--set", value),
        Field::Title | Field::Contact | Field::Site | Field::ChannelText => {
            context.line("--set", value)
        }
        Field::Customer => context.visible_line("--set", value, LINE),
        Field::Category => Ok(context.category(value)),
        Field::Product => Ok(context.product(value)),
        Field::Channel => Ok(context.channel(value).to_string()),
        Field::ExpectedBy => {
            let moment = context.refuse(time_or_none(value).map_err(|_| bad()))?;
            Ok(match context.expected(moment.0)? {
                Expected::At(at) => at.to_string(),
                Expected::Unstated => "none".to_owned(),
            })
        }
        Field::ReceivedAt => {
            let moment = context.refuse(Moment::parse(value).map_err(|_| bad()))?;
            Ok(context.time("--set", moment, Use::Instant)?.to_string())
        }
        Field::Kind => Ok(context.refuse(read_term::<Kind>(value).ok_or_else(bad))?.to_string()),
        Field::Against => context.refuse(complaint::against(context.policy, value)),
        Field::Impact | Field::Urgency => {
            Ok(context.refuse(read_term::<Grade>(value).ok_or_else(bad))?.to_string())
        }
    }
}
