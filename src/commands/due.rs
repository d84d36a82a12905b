//! `docket due`: what is due, in order of time.

use clap::Args;

use crate::{
    answers::agenda::{Agenda, AgendaItem},
    app::App,
    commands::Command,
    domain::{analysis::clock::explain::ClockStanding, base::moment::parse_duration},
    error::{Result, usage::ValueFault},
    ui::answer::Answer,
};

#[derive(Args, Debug)]
pub struct Due {
    #[arg(long, value_name = "DURATION", value_parser = minutes)]
    within: Option<i64>,
    #[arg(long)]
    mine: bool,
}

fn minutes(typed: &str) -> std::result::Result<i64, ValueFault> {
    parse_duration(typed).map_err(ValueFault::Duration)
}

impl Command for Due {
    fn run(self, app: &App<'_>) -> Result<Box<dyn Answer>> {
        let desk = app.desk()?;
        let mut agenda = Agenda::of(&desk)?;
        if self.mine {
            let me = desk.actor(&desk.view()?.policy()?)?.person.id;
            agenda.items.retain(|item| {
                let status = &item.record.status;
                status.desk_owner == me || status.assignee.as_ref() == Some(&me)
            });
        }
        if let Some(within) = self.within {
            let until = agenda.now.plus_minutes(within);
            agenda.items.retain(|AgendaItem { task, .. }| {
                task.standing == ClockStanding::Late || task.due.is_some_and(|due| due <= until)
            });
            agenda.alarm = true;
        }
        Ok(Box::new(agenda))
    }
}
