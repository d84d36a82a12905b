//! Canned replies of the desk: each a Markdown file in `templates/replies/`.

use crate::{
    app::desk::OpenDesk,
    error::{Error, Result, usage::Usage},
};

const FOLDER: &str = "templates/replies";
const ENDING: &str = ".md";

impl OpenDesk<'_> {
    /// What `--note` says, or else a canned reply.
    ///
    /// # Errors
    /// Both at once, or what [`Self::reply`] says.
    pub fn note_or_reply(&self, reply: Option<&str>) -> Result<Option<String>> {
        match (&self.app.options.note, reply) {
            (Some(_), Some(_)) => {
                Err(Error::Usage(Usage::NotBoth { one: "--note", other: "--reply" }))
            }
            (None, Some(reply)) => self.reply(reply).map(Some),
            (note, None) => Ok(note.clone()),
        }
    }

    /// The text of a canned reply.
    ///
    /// # Errors
    /// [`Usage::NoReply`] with those that there are, or a file that cannot be read.
    fn reply(&self, name: &str) -> Result<String> {
        let view = self.view()?;
        let names = view.names_in(FOLDER)?;
        let mut known: Vec<&str> = names.iter().filter_map(|it| it.strip_suffix(ENDING)).collect();
        if known.contains(&name)
            && let Some(text) = view.text(&format!("{FOLDER}/{name}{ENDING}"))?
        {
            return Ok(text);
        }
        known.sort_unstable();
        let known = known.into_iter().map(str::to_owned).collect();
        Err(Error::Usage(Usage::NoReply { given: name.to_owned(), known }))
    }
}
