//! Files that a command writes for whom it serves: where they go, who may read them, and what is told of
//! a place from which git would take them into the history.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{
    app::desk::OpenDesk,
    domain::base::characters::clean_line,
    error::{Error, IoPlace, Result},
    store::files::{self, Placement},
    ui::{answer::Answer, terminal::Terminal, typed::typed_path},
    words::{Words, message::Message},
};

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone: it holds personal data.
    Owner,
    /// Whom the user's mask lets.
    Anybody,
}

impl Readers {
    /// Of a file whose names and numbers are whole, or masked.
    pub fn of_revealed(reveal: bool) -> Self {
        if reveal { Self::Owner } else { Self::Anybody }
    }
}

/// A file that was written.
#[derive(Debug, Serialize)]
pub struct WrittenFile {
    /// Its path, on a line.
    text: String,
    /// What is to be told of its place.
    #[serde(skip)]
    pub remark: Option<Message>,
}

/// Where a new file lies, or why it does not.
#[derive(Debug)]
pub enum SavedFile {
    /// With what is to be told of it.
    Lies(PathBuf, Option<Message>),
    /// Another file is in its place; a name beside that is free.
    Taken(PathBuf, PathBuf),
}

/// Whether a place that was named stands for standard output.
pub fn is_stdout(place: &Path) -> bool {
    place.as_os_str() == "-"
}

impl OpenDesk<'_> {
    /// Writes a file in the place that was named, whatever was there.
    ///
    /// # Errors
    /// A folder that is not there, or cannot be written in.
    pub fn write_output(
        &self,
        place: &Path,
        bytes: &[u8],
        readers: Readers,
    ) -> Result<WrittenFile> {
        let path = self.app.environment.directory.join(place);
        let put = match readers {
            Readers::Owner => files::put_private,
            Readers::Anybody => files::put,
        };
        put(&path, bytes).map_err(|source| Error::Io { what: IoPlace::file(&path), source })?;
        let remark = if readers == Readers::Owner { self.remark_inside(&path) } else { None };
        Ok(WrittenFile { text: format!("{}\n", clean_line(&path.display().to_string())), remark })
    }

    /// Writes a file that only its owner may read in the place of no other: there, or under its name in
    /// the folder that was named.
    ///
    /// # Errors
    /// A folder that is not there, or cannot be written in.
    pub fn save_output(&self, place: &Path, name: &str, bytes: &[u8]) -> Result<SavedFile> {
        let here = &self.app.environment.directory;
        let place = if here.join(place).is_dir() { place.join(name) } else { place.to_owned() };
        let path = here.join(&place);
        if let Some(folder) = place.parent()
            && !here.join(folder).exists()
        {
            let typed = typed_path(folder).unwrap_or_else(|| folder.display().to_string());
            let (folder, command) = (folder.display().to_string(), format!("mkdir -p {typed}"));
            return Err(Error::NoFolder { folder, command });
        }
        let put = files::put_new_private(&path, bytes);
        let remark = match put.map_err(|source| Error::Io { what: IoPlace::file(&path), source })? {
            Placement::Taken => return Ok(SavedFile::Taken(path, free_beside(&place, here))),
            Placement::Same => Some(Message::SavedBefore),
            Placement::Written => self.remark_inside(&path),
        };
        Ok(SavedFile::Lies(path.canonicalize().unwrap_or(path), remark))
    }

    /// The way from the current folder to the one that the desk lies in; `None` from outside of the desk.
    pub fn way_around(&self) -> Option<PathBuf> {
        self.way_out_of(&self.app.environment.directory)
    }

    /// What is told of a file with personal data that git would take into the history.
    fn remark_inside(&self, path: &Path) -> Option<Message> {
        // a pipe or a device holds nothing that git could take
        let folder = path.canonicalize().ok().filter(|path| path.is_file())?;
        self.way_out_of(folder.parent()?).map(|_| Message::SavedInsideDesk)
    }

    /// The way from a folder of the desk to the one that the desk lies in.
    fn way_out_of(&self, folder: &Path) -> Option<PathBuf> {
        let (root, folder) = (self.store.root().canonicalize().ok()?, folder.canonicalize().ok()?);
        let below = folder.strip_prefix(root).ok()?.components().count();
        Some((0..=below).map(|_| "..").collect())
    }
}

/// The first name with a number behind it that no file has.
fn free_beside(place: &Path, here: &Path) -> PathBuf {
    let stem = place.file_stem().unwrap_or_default().to_string_lossy();
    let ending = place.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    let named = |number: u32| {
        place.with_file_name(format!("{stem}-{number}{}", ending.as_deref().unwrap_or_default()))
    };
    let mut numbered = (2..=u32::MAX).map(named);
    numbered.find(|name| !here.join(name).exists()).unwrap_or_else(|| place.to_owned())
}

impl Answer for WrittenFile {
    fn human(&self, _: &Terminal) -> String {
        self.text.clone()
    }

    fn remark(&self, words: Words) -> Option<String> {
        self.remark.as_ref().map(|remark| words.message(remark))
    }

    fn brief(&self) -> Option<String> {
        Some(self.text.clone())
    }
}
