//! Names that are not in this clone, which is said, and reasons that may hold none.

use crate::{
    app::{context::StepContext, desk::OpenDesk},
    domain::{deciding::contacts::names_nobody, history::contact::Contact},
    error::Result,
    store::view::View,
    words::message::Message,
};

impl OpenDesk<'_> {
    /// Remarks on those of these contacts whose names are not in this clone, unless ids are wanted.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn remark_on_nameless<'c>(
        &self,
        view: &View<'_>,
        contacts: impl IntoIterator<Item = &'c Contact>,
    ) -> Result<()> {
        if self.app.options.ids {
            return Ok(());
        }
        if let Some(message) = names_missing(view, contacts)? {
            self.app.ui.remark(&self.words.message(&message));
        }
        Ok(())
    }

    /// A remark, once, where this clone knows of no contact who that is: somebody known is taken for new
    /// here.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn remark_on_no_names(&self, view: &View<'_>) -> Result<()> {
        if view.knows_nobody()? && !self.is_without_names_said.replace(true) {
            self.app.ui.remark(&self.words.message(&Message::NamesNotHere));
        }
        Ok(())
    }
}

impl StepContext<'_> {
    /// A reason that names nobody whom the record names: it stays where what it is about goes.
    ///
    /// # Errors
    /// A text that is none, or that holds personal data.
    pub fn nameless_reason(&self, given: &str) -> Result<String> {
        let reason = self.text("--reason", given)?;
        let mut people = Vec::new();
        for id in self.record.contacts() {
            people.extend(self.view.contact(&id)?);
            people.extend(self.view.followed(&id)?);
        }
        self.refuse(names_nobody(&reason, &people))?;
        Ok(reason)
    }
}

/// What is to be said of those of these contacts whose names are not in this clone.
///
/// # Errors
/// What cannot be read.
pub fn names_missing<'c>(
    view: &View<'_>,
    contacts: impl IntoIterator<Item = &'c Contact>,
) -> Result<Option<Message>> {
    let mut people = 0;
    for contact in contacts.into_iter().filter(|contact| contact.person.is_none()) {
        people += usize::from(!view.is_erased(contact)?);
    }
    Ok(match people {
        0 => None,
        _ if view.knows_nobody()? => Some(Message::NamesNotHere),
        people => Some(Message::SomeNamesNotHere { people }),
    })
}
