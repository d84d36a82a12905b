//! `docket due`: what is due, in order of time.

use clap::Args;

use crate::{
    answers::agenda::{Agenda, AgendaItem},
    app::App,
    commands::Command,
    domain::{
        analysis::clock::explain::ClockStanding,
        base::{limit::Limit, moment::parse_duration},
        history::refusal::Refusal,
    },
    error::{Result, usage::ValueFault},
    ui::answer::Answer,
    words::half_width,
};

#[derive(Args, Debug)]
pub struct Due {
    #[arg(long, value_name = "DURATION", value_parser = within)]
    within: Option<Within>,
    #[arg(long)]
    mine: bool,
}

/// How far ahead one looks.
#[derive(Clone, Copy, Debug)]
enum Within {
    Minutes(i64),
    /// In days and hours that are worked.
    Working(Limit),
}

fn within(typed: &str) -> std::result::Result<Within, ValueFault> {
    match half_width(typed).parse::<Limit>() {
        Ok(limit) if limit.is_working_time() => Ok(Within::Working(limit)),
        Ok(_) | Err(_) => parse_duration(typed).map(Within::Minutes).map_err(ValueFault::Duration),
    }
}

impl Command for Due {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut agenda = Agenda::of(&desk)?;
        if self.mine {
            let me = desk.actor(&desk.view()?.policy()?)?.person.id;
            agenda.items.retain(|item| match item.task.duty.engineer() {
                Some(engineer) => *engineer == me,
                None => item.record.status().is_with(&me),
            });
        }
        if let Some(within) = self.within {
            let until = match within {
                Within::Minutes(minutes) => agenda.now.plus_minutes(minutes),
                Within::Working(limit) => {
                    let calendar = desk.view()?.policy()?.calendar;
                    limit.due(agenda.now, &calendar).map_err(Refusal::from)?
                }
            };
            agenda.items.retain(|AgendaItem { task, .. }| {
                task.standing == ClockStanding::Late || task.due.is_some_and(|due| due <= until)
            });
            agenda.alarm = true;
        }
        Ok(Box::new(agenda))
    }
}
