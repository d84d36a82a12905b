//! Who of the roster is meant.

use super::Prompts;
use crate::{
    app::desk::OpenDesk,
    domain::deciding::policy::people::Person,
    error::Result,
    ui::prompt::{Blank, menu::Choice},
    words::label::Label,
};

impl Prompts<'_> {
    /// Somebody of the roster: picked from those who are `offered` where nobody was named, by somebody who
    /// may change it; `None` where nobody can be asked.
    ///
    /// # Errors
    /// [`crate::error::Error::Refused`] of somebody who may not; a menu that was left.
    pub fn member(
        &mut self,
        desk: &OpenDesk<'_>,
        given: Option<&String>,
        offered: impl Fn(&Person) -> bool,
    ) -> Result<Option<String>> {
        let (flag, label) = ("PERSON", Label::TeamMember);
        if given.is_some() || !self.app.ui.can_ask() {
            if given.is_none() {
                self.miss(flag, label);
            }
            return Ok(given.cloned());
        }
        desk.may_change_rules(None)?;
        let people = desk.view()?.policy()?.people.people.into_iter();
        let choice = |Person { id, name, emails, .. }: Person| {
            Choice::new(id.as_str(), &name).found_by(emails)
        };
        let choices = people.filter(offered).map(choice).collect();
        let question = self.question(flag, label, Blank::Asks);
        self.chosen(&question, choices, None).map(Some)
    }
}
