//! The rules of a desk as they stand in one commit.

use serde::de::DeserializeOwned;

use super::{
    error::{Error, Result},
    layout, policy_cache,
    view::View,
};
use crate::domain::{
    analysis::kpi::targets::Targets,
    base::{
        calendar::{Calendar, rules::CalendarRules},
        ids::is_prefix,
        zone::Zone,
    },
    deciding::policy::{
        Policy, catalog::Catalog, desk::DeskSettings, levels::Levels, major::MajorContacts,
        people::People, roles::Roles, survey::SurveyPolicy, units::Units,
    },
};

impl View<'_> {
    /// `docket.yaml`; `None` where there is none.
    ///
    /// # Errors
    /// A file that cannot be read, or an unknown zone, prefix or format.
    pub fn desk(&self) -> Result<Option<DeskSettings>> {
        let Some(desk) = self.parsed::<DeskSettings>(layout::DESK)? else {
            return Ok(None);
        };
        let fault = |key: &str, message: String| Err(self.policy_fault(layout::DESK, key, message));
        if Zone::named(&desk.timezone).is_none() {
            let message = format!("“{}” is no time zone like Asia/Shanghai", desk.timezone);
            return fault("timezone:", message);
        }
        if !is_prefix(&desk.prefix) {
            let message =
                format!("“{}” is no prefix: one to eight capitals or digits", desk.prefix);
            return fault("prefix:", message);
        }
        if !matches!(desk.locale.as_str(), "en" | "zh-CN") {
            let message = format!("“{}” is no language; en and zh-CN are spoken", desk.locale);
            return fault("locale:", message);
        }
        Ok(Some(desk))
    }

    /// Git's names of the files that hold the rules: equal names, equal rules.
    pub fn policy_names(&self) -> Result<Vec<String>> {
        Ok(self.snapshot.names(&[layout::DESK, layout::POLICY])?)
    }

    /// All rules of the desk.
    ///
    /// # Errors
    /// A policy file that is missing, cannot be read or refers to something that is not there.
    pub fn policy(&self) -> Result<Policy> {
        let key = policy_cache::PolicyKey::of(&self.snapshot)?;
        if let Some(policy) = policy_cache::load(&self.snapshot, &key) {
            return Ok(policy);
        }
        let policy = self.policy_afresh()?;
        policy_cache::save(&self.snapshot, &key, &policy);
        Ok(policy)
    }

    /// As [`Self::policy`], from the files themselves.
    pub fn policy_afresh(&self) -> Result<Policy> {
        let desk = self.desk()?.ok_or_else(|| Error::NoPolicy { path: layout::DESK.to_owned() })?;
        let zone = Zone::named(&desk.timezone).unwrap_or(Zone::UTC);
        let rules: CalendarRules = self.required("calendar")?;
        let calendar = Calendar::new(rules, zone).map_err(|fault| {
            self.policy_fault(&policy_path("calendar"), "week:", fault.to_string())
        })?;
        let policy = Policy {
            desk,
            people: self.required("people")?,
            units: self.required("units")?,
            catalog: self.required("catalog")?,
            levels: self.required("levels")?,
            calendar,
            major: self.required("major_contacts")?,
            survey: self.required("survey")?,
            roles: self.roles()?,
        };
        match policy.dangling().into_iter().next() {
            None => Ok(policy),
            Some(found) => {
                let mut message = if found.is_shared {
                    format!("two people have the {} “{}”", found.what, found.given)
                } else {
                    format!("no {} “{}”", found.what, found.given)
                };
                if !found.nearest.is_empty() {
                    message += &format!("; did you mean {}?", found.nearest.join(" or "));
                }
                Err(self.policy_fault(&policy_path(found.file), &found.given, message))
            }
        }
    }

    /// Every file of rules that cannot be read, and why; all are looked at, also behind a broken
    /// one.
    pub fn policy_faults(&self) -> Vec<(String, Error)> {
        let mut faults = Vec::new();
        let mut note =
            |path: String, read: Result<()>| faults.extend(read.err().map(|why| (path, why)));
        note(layout::DESK.to_owned(), self.desk().map(drop));
        note(policy_path("calendar"), self.required::<CalendarRules>("calendar").map(drop));
        note(policy_path("people"), self.required::<People>("people").map(drop));
        note(policy_path("units"), self.required::<Units>("units").map(drop));
        note(policy_path("catalog"), self.required::<Catalog>("catalog").map(drop));
        note(policy_path("levels"), self.required::<Levels>("levels").map(drop));
        note(
            policy_path("major_contacts"),
            self.required::<MajorContacts>("major_contacts").map(drop),
        );
        note(policy_path("survey"), self.required::<SurveyPolicy>("survey").map(drop));
        note(policy_path("kpi"), self.targets().map(drop));
        note(policy_path("roles"), self.roles().map(drop));
        if faults.is_empty()
            && let Err(why) = self.policy_afresh()
        {
            let path = match &why {
                Error::Policy { path, .. } => path.clone(),
                _ => layout::POLICY.to_owned(),
            };
            faults.push((path, why));
        }
        faults
    }

    /// Who may do what; by default where the desk has no such file.
    ///
    /// # Errors
    /// A file that cannot be read, or gives a step to nobody or to whom the procedure keeps off it.
    pub fn roles(&self) -> Result<Roles> {
        let path = policy_path("roles");
        let roles: Roles = self.parsed(&path)?.unwrap_or_default();
        match roles.misfit() {
            None => Ok(roles),
            Some((action, why)) => {
                Err(self.policy_fault(&path, &format!("{action}:"), format!("{action}: {why}")))
            }
        }
    }

    /// What the key figures are to reach; `None` where the desk has no such file.
    ///
    /// # Errors
    /// A file that cannot be read, or a target that its figure cannot be held against.
    pub fn targets(&self) -> Result<Option<Targets>> {
        let path = policy_path("kpi");
        let targets: Option<Targets> = self.parsed(&path)?;
        match targets.as_ref().and_then(Targets::misfit) {
            None => Ok(targets),
            Some(kpi) => {
                let message = format!(
                    "{kpi} takes at_least or at_most: per cent for a share, a number for a count, \
                     a limit like 8h for a time, nothing where it is not measured"
                );
                Err(self.policy_fault(&path, &format!("kpi: {kpi}"), message))
            }
        }
    }

    fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        let path = policy_path(name);
        self.parsed(&path)?.ok_or(Error::NoPolicy { path })
    }

    /// A fault in a policy file, at the first line that has `culprit`.
    fn policy_fault(&self, path: &str, culprit: &str, message: String) -> Error {
        let text = self.text(path).ok().flatten().unwrap_or_default();
        let line = text.lines().position(|line| line.contains(culprit)).map(|nth| nth + 1);
        Error::Policy { path: path.to_owned(), line, message }
    }
}

fn policy_path(name: &str) -> String {
    format!("policy/{name}.yaml")
}
