//! An opened desk.

use std::{cell::Cell, convert::Infallible, path::Path, str::FromStr};

use crate::{
    app::{Actor, App, personal::PersonalAnswers},
    audit::message,
    domain::{
        analysis::kpi::EarlierFault,
        base::{
            ids::RecordId,
            moment::{Moment, Use},
            terms::{Role, Signatures},
            time::Timestamp,
            zone::Zone,
        },
        deciding::policy::{Policy, desk::DeskSettings},
        history::{record::Record, redaction::REDACTED, refusal::Refusal},
    },
    error::{Error, RefusalDetails, Result},
    store::{
        self, Revision, Store,
        cache::{ChosenFile, Extent, Match},
        defaults,
        error::Error as StoreError,
        find::{Purpose, RecordRef},
        git::{
            self, Change, FileChange, Notice, identity::CommitRole, ids::CommitId,
            recover::Recovery, variables::GitVariables,
        },
        layout,
        selection::Selection,
        summary::Summary,
        view::{UnreadableFile, View},
    },
    ui::answer::AnswerFormat,
    words::{Lang, Words, label::Label, message::Message},
};

/// A desk that commands work at.
#[derive(Debug)]
pub struct OpenDesk<'a> {
    pub app: &'a App<'a>,
    pub store: Store,
    pub desk: DeskSettings,
    pub zone: Zone,
    /// The words of the person who looks.
    pub words: Words,
    /// The words of reports, and of whatever else leaves the desk.
    pub paper: Words,
    /// The time that is looked back to.
    then: Cell<Option<Timestamp>>,
    /// What becomes of personal data in texts.
    pub(super) personal: PersonalAnswers,
    /// Whether it was said that no names are here.
    pub(super) is_without_names_said: Cell<bool>,
}

/// What is looked back to: a time, or a revision as git names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsOf {
    Time(Moment),
    Revision(String),
}

impl FromStr for AsOf {
    type Err = Infallible;

    fn from_str(typed: &str) -> std::result::Result<Self, Infallible> {
        let moment = Moment::parse(typed).ok().filter(|moment| !moment.is_bare_length());
        Ok(moment.map_or_else(|| Self::Revision(typed.to_owned()), Self::Time))
    }
}

/// The language of the desk that a directory belongs to, if it can be read.
pub fn language(directory: &Path, git: &GitVariables) -> Option<Lang> {
    Lang::from_tag(&Store::discover(directory, git).ok()?.desk().ok()?.locale)
}

impl App<'_> {
    /// The language that was asked for, or else the person's; `None` where neither is told.
    pub fn spoken(&self) -> Option<Lang> {
        self.options.lang.or_else(|| self.environment.spoken().ok().flatten())
    }

    /// Speaks the language of a desk from now on, unless another one was asked for or is the person's.
    pub fn speak_as(&self, desk: &DeskSettings) -> Lang {
        let lang = self.spoken().or_else(|| Lang::from_tag(&desk.locale)).unwrap_or_default();
        self.ui.speak(lang);
        lang
    }

    /// As [`Self::speak_as`], where a desk can be read there.
    pub fn speak_as_in(&self, store: &Store) {
        if let Ok(desk) = store.desk() {
            self.speak_as(&desk);
        }
    }

    /// Opens the desk of the directory, and finishes what an interrupted docket left there.
    pub fn desk(&self) -> Result<OpenDesk<'_>> {
        let opened = self.desk_as_it_is().inspect_err(|_| self.tell_unsound_desk())?;
        let OpenDesk { store, desk, words, .. } = &opened;
        if let Err(later) = store::known_format(desk) {
            self.ui.warn(&words.store_error(&later));
        }
        opened.tell_unsound_rules();
        // A reader can do without it: git then leaves an ordinary conflict.
        if let Some(program) = &self.environment.program
            && store.git().install_merge_driver(program, &layout::RULES).unwrap_or(false)
        {
            self.ui.remark(&words.message(&Message::MergeDriverInstalled));
        }
        // A reader can do without a repair that failed: whoever writes next is told.
        if let Ok(Some(recovered)) = store.git().recover() {
            self.ui.remark(&words.message(&match recovered {
                Recovery::Finished { commit, left } => {
                    Message::Recovered { commit: commit.short(), left }
                }
                Recovery::Undone { .. } => Message::Interrupted,
                Recovery::SetAside { path } => {
                    Message::JournalSetAside { path: path.display().to_string() }
                }
            }));
        }
        Ok(opened)
    }

    /// Opens the desk of the directory as it is: nothing is mended, and nothing is said of it.
    pub fn desk_as_it_is(&self) -> Result<OpenDesk<'_>> {
        let store = self.store()?;
        let desk = store.desk()?;
        let zone = Zone::named(&desk.timezone).unwrap_or(Zone::UTC);
        let words = Words::new(self.speak_as(&desk));
        let of_desk = self.options.lang.or_else(|| Lang::from_tag(&desk.locale));
        let paper = Words::new(of_desk.unwrap_or_default());
        Ok(OpenDesk {
            app: self,
            store,
            desk,
            zone,
            words,
            paper,
            then: Cell::new(None),
            personal: PersonalAnswers::default(),
            is_without_names_said: Cell::new(false),
        })
    }
}

impl App<'_> {
    /// The newest commit of the desk's branch, as cheaply as it can be told.
    pub fn tip(&self) -> Option<CommitId> {
        let store = self.store().ok()?;
        let branch = store.desk().ok()?.branch;
        store.git().tip(&branch).ok()?
    }
}

impl OpenDesk<'_> {
    /// The present time in the desk's zone, or the one that is looked back to.
    pub fn now(&self) -> Timestamp {
        self.then.get().unwrap_or_else(|| self.app.clock.now(self.zone))
    }

    /// As [`Self::view_of`], for what shows people: of another time they are shown as they are known
    /// today.
    pub fn view_with_people(&self, as_of: Option<&AsOf>) -> Result<View<'_>> {
        if as_of.is_some() && !self.app.options.ids {
            self.app.ui.remark(&self.words.message(&Message::PeopleOfToday));
        }
        self.view_of(as_of)
    }

    /// The desk as it stands now, or as it was known at another time. From then on [`Self::now`]
    /// is that time, so that what is asked again later gives the same.
    pub fn view_of(&self, as_of: Option<&AsOf>) -> Result<View<'_>> {
        let Some(as_of) = as_of else {
            return self.view();
        };
        let now = self.now();
        let at = match as_of {
            AsOf::Revision(revision) => Revision::Revision(revision.clone()),
            AsOf::Time(moment) => {
                let at = self.looked_back_to(moment)?;
                if at > now && at.date() != now.date() {
                    return Err(Refusal::Future(at).into());
                }
                Revision::Known(at.min(now))
            }
        };
        let view =
            self.store.view(&at, &self.desk.branch)?.told_in(self.zone, self.mark_redacted());
        let view = view.looked_back_from(&self.store.view(&Revision::Tip, &self.desk.branch)?);
        self.then.set(match at {
            Revision::Known(at) => Some(at),
            Revision::Revision(_) | Revision::Tip => {
                let commit =
                    view.commit().map(|commit| self.store.git().commit_info(commit)).transpose()?;
                commit.map(|commit| commit.time.in_zone(self.zone))
            }
        });
        Ok(view.at(self.now()))
    }

    /// The desk as it stands now or stood once, with the rules of another time, which may be one to come.
    pub fn rules_of(&self, as_of: Option<&AsOf>) -> Result<View<'_>> {
        if let Some(AsOf::Time(moment)) = as_of {
            let at = self.looked_back_to(moment)?;
            if at > self.now() {
                return Ok(self.view()?.at(at));
            }
        }
        self.view_of(as_of)
    }

    fn looked_back_to(&self, moment: &Moment) -> Result<Timestamp> {
        let calendar = self.view()?.policy().map(|policy| policy.calendar).ok();
        moment
            .resolve(self.now(), Use::End, self.zone, calendar.as_ref())
            .map_err(|fault| Error::Time { flag: "--as-of", fault })
    }

    /// The desk as it stands now.
    pub fn view(&self) -> Result<View<'_>> {
        self.view_on(&self.desk.branch)
    }

    /// The same on a branch, as the one that steps are written to.
    pub(super) fn view_on(&self, branch: &str) -> Result<View<'_>> {
        let tip = self.store.view(&Revision::Tip, branch)?;
        Ok(tip.told_in(self.zone, self.mark_redacted()).at(self.now()))
    }

    /// What stands in place of a redacted text: a word for people, one and the same for programs.
    pub(super) fn mark_redacted(&self) -> &'static str {
        match self.app.ui.shape {
            AnswerFormat::Json | AnswerFormat::JsonLines => REDACTED,
            AnswerFormat::Human | AnswerFormat::Csv => self.paper.redacted_mark(),
        }
    }

    /// Brings the cache to the newest commit, so that it holds nothing that was hidden in it.
    pub fn refresh_cache(&self) -> Result<()> {
        let progress = self.app.ui.progress(self.words.label(Label::Cache));
        self.store.refresh_cache(&self.view()?, &|done, all| progress.show(done, all));
        Ok(())
    }

    /// The rules to look with: those of the desk, or plain ones while its own cannot be read, so
    /// that a slip in policy hides no record.
    pub fn policy_to_look(&self, view: &View<'_>) -> Result<Policy> {
        match view.policy() {
            Err(
                StoreError::Broken { .. } | StoreError::Policy { .. } | StoreError::NoPolicy { .. },
            ) => Ok(defaults::policy(&self.desk, self.zone, self.words.unit_names())?),
            read => Ok(read?),
        }
    }

    /// Who acts: git's author, found in the roster.
    pub fn actor(&self, policy: &Policy) -> Result<Actor> {
        let email = self.email()?;
        match policy.people.by_email(&email) {
            Some(person) => Ok(Actor { person: person.clone(), email }),
            None => Err(Error::Stranger { email }),
        }
    }

    /// As [`Self::actor`], for what is no step of a record: somebody who is in the team, with the first
    /// of these roles that they have.
    pub fn actor_as(&self, policy: &Policy, may: &[Role]) -> Result<(Actor, Role)> {
        let actor = self.actor(policy)?;
        let refused =
            |why| Error::Refused(Box::new(RefusalDetails::plain(why).with_names(&policy.people)));
        if !actor.person.is_active(self.now().date()) {
            return Err(refused(Refusal::Inactive(actor.person.id)));
        }
        let role = actor.person.role_for(may).map_err(refused)?;
        Ok((actor, role))
    }

    /// The address by which git knows who acts.
    pub fn email(&self) -> Result<String> {
        Ok(self.store.git().identity(CommitRole::Author)?.email)
    }

    /// Whom git names as the committer.
    pub fn committer(&self) -> Result<git::Identity> {
        Ok(self.store.git().identity(CommitRole::Committer)?)
    }

    /// A commit of the desk that is no step of a record, by `actor`, now.
    pub fn plain_change(
        &self,
        actor: &Actor,
        verb: &str,
        subject: &str,
        files: Vec<FileChange>,
    ) -> Result<Change> {
        self.plain_change_at(self.now(), actor, verb, subject, files)
    }

    /// The same at a time that was told.
    pub fn plain_change_at(
        &self,
        now: Timestamp,
        actor: &Actor,
        verb: &str,
        subject: &str,
        files: Vec<FileChange>,
    ) -> Result<Change> {
        let author = git::Identity { name: actor.person.name.clone(), email: actor.email.clone() };
        let (by, fixed) = (actor.person.id.as_str(), self.app.clock.is_fixed());
        Ok(Change {
            apart: Vec::new(),
            files,
            message: message::of_desk(subject, verb, by, now, fixed),
            committer: self.committer()?,
            author,
            at: now,
            done_at: None,
            sign: self.signs()?,
        })
    }

    /// The record that is meant.
    pub fn record(&self, view: &View<'_>, wanted: &RecordRef, purpose: Purpose) -> Result<Record> {
        let id = self.id(view, wanted, purpose)?;
        let missing = || StoreError::NoRecord { given: id.to_string(), nearest: Vec::new() };
        Ok(view.record(&id)?.ok_or_else(missing)?)
    }

    /// The id that is meant.
    pub fn id(&self, view: &View<'_>, wanted: &RecordRef, purpose: Purpose) -> Result<RecordId> {
        let last = match wanted {
            RecordRef::Last => {
                let email = self.email()?;
                self.store.last(&email)
            }
            RecordRef::Full(_) | RecordRef::Opened(..) | RecordRef::Tail(_) => None,
        };
        Ok(view.find(&self.store, wanted, last.as_ref(), purpose)?)
    }

    /// Whether a record that may be changed is called so.
    pub fn has_record(&self, wanted: &RecordRef) -> bool {
        self.view().is_ok_and(|view| self.id(&view, wanted, Purpose::Change).is_ok())
    }

    /// Every record that can be read; the others are named on the way.
    pub fn records(&self, view: &View<'_>) -> Result<Vec<Record>> {
        let (records, left_out) = view.records()?;
        self.name_left_out(&left_out);
        Ok(records)
    }

    /// The records that are wanted, and how many there are without the limit; files that cannot be read are named on the way.
    pub fn chosen(&self, view: &View<'_>, wanted: &Selection) -> Result<(Vec<Record>, usize)> {
        self.chosen_as(view, wanted, Extent::Whole, |files| view.chosen(files), Ok)
    }

    /// As [`Self::chosen`], as far as lists show them; whole for programs.
    pub fn summaries(&self, view: &View<'_>, wanted: &Selection) -> Result<(Vec<Summary>, usize)> {
        match self.app.ui.shape {
            AnswerFormat::Json | AnswerFormat::JsonLines => {
                let (records, total) = self.chosen(view, wanted)?;
                Ok((records.into_iter().map(Summary::whole).collect(), total))
            }
            AnswerFormat::Human | AnswerFormat::Csv => self.chosen_as(
                view,
                wanted,
                Extent::Summary,
                |files| view.summaries(files),
                |records| view.summaries_of(records),
            ),
        }
    }

    /// True where nothing was ever recorded.
    pub fn has_no_record(&self, view: &View<'_>) -> Result<bool> {
        let any = Selection { limit: Some(1), ..Selection::default() };
        Ok(self.summaries(view, &any)?.0.is_empty())
    }

    /// What `known` makes of those that a cache has chosen, or `read` of those that were read.
    fn chosen_as<T>(
        &self,
        view: &View<'_>,
        wanted: &Selection,
        extent: Extent,
        known: impl Fn(&[ChosenFile]) -> store::error::Result<(Vec<T>, Vec<UnreadableFile>)>,
        read: impl Fn(Vec<Record>) -> store::error::Result<Vec<T>>,
    ) -> Result<(Vec<T>, usize)> {
        // which of what was are wanted, only the files themselves can say
        if self.then.get().is_none() {
            let progress = self.app.ui.progress(self.words.label(Label::Cache));
            let on_progress = |done, all| progress.show(done, all);
            let chosen = self.store.choose(view, wanted, extent, &on_progress);
            drop(progress);
            if let Some(chosen) = chosen {
                let (records, mut left_out) = known(&chosen.files)?;
                let broken: Option<Vec<_>> =
                    chosen.broken.iter().map(|path| view.left_out(path)).collect();
                // what could not be read then, and can be now, the cache knows nothing of
                if let Some(broken) = broken {
                    left_out.extend(broken);
                    self.name_left_out(&left_out);
                    return Ok((records, chosen.total));
                }
            }
        }
        let (records, total) = wanted.choose(self.records(view)?);
        Ok((read(records)?, total))
    }

    /// Faults that came in at this time or later; `None` where no cache can say.
    pub fn faults(&self, view: &View<'_>, since: Timestamp) -> Option<Vec<EarlierFault>> {
        if self.then.get().is_some() {
            return None;
        }
        self.store.faults(view, since, self.zone)
    }

    /// Makes the cache where there is none, before anybody is kept waiting by a writer.
    pub fn prepare(&self) -> Result<()> {
        let progress = self.app.ui.progress(self.words.label(Label::Cache));
        let on_progress = |done, all| progress.show(done, all);
        self.store.prepare(&self.view()?, &on_progress);
        Ok(())
    }

    /// The records whose words an index offers; `None` where there is none to ask.
    pub fn found(&self, view: &View<'_>, words: &str, wanted: &Selection) -> Option<Vec<Match>> {
        let progress = self.app.ui.progress(self.words.label(Label::Cache));
        let on_progress = |done, all| progress.show(done, all);
        self.store.search(view, words, wanted, &on_progress)
    }

    /// Warns of files that could not be read.
    pub fn name_left_out(&self, left_out: &[UnreadableFile]) {
        for UnreadableFile { path, why } in left_out {
            let why = self.words.file_fault(why);
            let message = Message::LeftOut { path: path.clone(), why };
            self.app.ui.warn(&self.words.message(&message));
        }
    }

    /// Says what keeps a writer waiting.
    pub fn notice(&self, notice: &Notice) {
        let message = match notice {
            Notice::WaitingForWriter => Message::WaitingForLock,
            Notice::WaitingForSigner(signer) => {
                Message::WaitingForSigner { name: signer.name.clone(), process: signer.process }
            }
            Notice::WaitingForGit { path } => {
                Message::WaitingForGit { path: path.display().to_string() }
            }
            Notice::WaitingForBranch => Message::WaitingForBranch,
            Notice::Unfinished(why) => return self.app.ui.warn(&self.words.git_error(why)),
            Notice::Committed(commit) => return self.app.ui.committed(&commit.to_string()),
        };
        self.app.ui.remark(&self.words.message(&message));
    }

    /// True when git is told to sign commits.
    pub fn signs(&self) -> Result<bool> {
        let required = self.desk.signatures == Signatures::Required;
        Ok(required || self.store.switch("commit.gpgsign")?)
    }
}
