//! The rules of a desk as they stand in one commit.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    error::{Error, PolicyFault, Result},
    known_format, layout, policy_cache,
    rule_edit::{RuleText, entry_key},
    view::View,
    yaml,
};
use crate::domain::{
    analysis::kpi::targets::{TargetMisfit, Targets},
    base::{
        calendar::{Calendar, rules::CalendarRules},
        country::calling_code,
        ids::is_prefix,
        lang::LANGUAGES,
        nearest::nearest,
        rule_place::RulePlace,
        zone::Zone,
    },
    deciding::policy::{
        DanglingReference, Policy,
        agreements::{AgreementRules, Agreements},
        catalog::Catalog,
        desk::DeskSettings,
        levels::Levels,
        major::MajorContacts,
        people::People,
        roles::Roles,
        survey::SurveyPolicy,
        units::Units,
    },
};

/// The files of the rules, without folder and ending.
const FILES: [&str; 10] = [
    "calendar",
    "people",
    "units",
    "catalog",
    "levels",
    "major_contacts",
    "survey",
    "kpi",
    "roles",
    "agreements",
];

/// The keys of `docket.yaml` that are known here.
const DESK_KEYS: [&str; 14] = [
    "format",
    "name",
    "organisation",
    "timezone",
    "country",
    "locale",
    "prefix",
    "branch",
    "reach",
    "attachments",
    "people",
    "reveal",
    "fixed_clock",
    "signatures",
];

impl View<'_> {
    /// `docket.yaml`; `None` where there is none.
    ///
    /// # Errors
    /// A file that cannot be read, or an unknown zone, prefix or format.
    pub fn desk(&self) -> Result<Option<DeskSettings>> {
        let read = match self.parsed::<DeskSettings>(layout::DESK) {
            Err(why @ Error::Newer { .. }) => {
                self.parsed(layout::DESK)?.map(|keys| known(keys, why))
            }
            read => read.transpose(),
        };
        let Some(desk) = read.transpose()? else { return Ok(None) };
        let refused = |key: &str, fault: PolicyFault| {
            Err(self.policy_fault(layout::DESK, &[RulePlace::of(key)], fault))
        };
        if Zone::named(&desk.timezone).is_none() {
            return refused("timezone", PolicyFault::NotAZone { given: desk.timezone });
        }
        if let Some(given) = desk.country.as_ref().filter(|it| calling_code(it).is_none()) {
            return refused("country", PolicyFault::NotACountry { given: given.clone() });
        }
        if !is_prefix(&desk.prefix) {
            return refused("prefix", PolicyFault::NotAPrefix { given: desk.prefix });
        }
        if !LANGUAGES.contains(&desk.locale.as_str()) {
            return refused("locale", PolicyFault::NotALocale { given: desk.locale });
        }
        Ok(Some(desk))
    }

    /// The files of the rules that are there.
    pub fn rule_files(&self) -> Vec<&'static str> {
        let text = |path: &str| self.text_anyway(&self.rules_at(path)?);
        let is_there = |path: &&str| text(path).is_ok_and(|text| text.is_some());
        layout::RULES.into_iter().filter(is_there).collect()
    }

    /// The file of rules that holds, as its people wrote it; nothing where there is none.
    ///
    /// # Errors
    /// A file that is no YAML.
    pub fn rule_text(&self, path: &'static str) -> Result<RuleText> {
        let text = self.text(&self.rules_at(path)?)?.unwrap_or_default();
        RuleText::read(path, text.as_bytes())
    }

    /// Git's names of the files that hold the rules, and since when those of them hold that do: equal
    /// names, equal rules.
    pub fn policy_names(&self) -> Result<Vec<String>> {
        let mut names = self.snapshot.names(&[layout::DESK, layout::POLICY])?;
        if self.rule_days()?.paths().next().is_some() {
            names.extend(self.rule_span()?.from.map(|from| from.to_string()));
        }
        Ok(names)
    }

    /// What lies in the folder of the rules and is no file of them, each with the names that are nearest.
    pub fn strange_rules(&self) -> Result<Vec<(String, Vec<String>)>> {
        let mut folders = Vec::new();
        for folder in [layout::NEXT, layout::ADOPTED] {
            if self.snapshot.folder(folder)?.is_some() {
                folders.extend(folder.rsplit('/').next());
            }
        }
        let strange = |name: &String| {
            !FILES.iter().any(|file| *name == format!("{file}.yaml"))
                && !folders.contains(&name.as_str())
        };
        let names = self.snapshot.names_in(layout::POLICY)?;
        let files = names.into_iter().filter(strange).map(|name| {
            let stem = name.split('.').next().unwrap_or_default();
            let near = nearest(stem, FILES.iter().copied());
            let near = near.iter().map(|file| policy_path(file)).collect();
            (format!("{}/{name}", layout::POLICY), near)
        });
        let waiting = self.strange_waiting()?.into_iter().map(|path| (path, Vec::new()));
        Ok(files.chain(waiting).collect())
    }

    /// All rules of the desk that hold.
    ///
    /// # Errors
    /// A policy file that is missing, cannot be read or refers to something that is not there.
    pub fn policy(&self) -> Result<Policy> {
        let key = policy_cache::PolicyKey::of(&self.snapshot)?;
        if let Some(policy) = policy_cache::load(&self.snapshot, &key, &|| self.rules_day().ok()) {
            return Ok(policy);
        }
        let policy = self.policy_afresh()?;
        // what is kept says that every file of the rules is sound
        if self.targets().is_ok() {
            policy_cache::save(&self.snapshot, &key, self.rule_span()?, &policy);
        }
        Ok(policy)
    }

    /// The first file of rules that cannot be read; `None` where all can, which is mostly known without
    /// reading them.
    pub fn unsound_rules(&self) -> Option<String> {
        let key = policy_cache::PolicyKey::of(&self.snapshot).ok()?;
        let is_kept = policy_cache::is_kept(&self.snapshot, &key, &|| self.rules_day().ok());
        if is_kept || self.policy().is_ok() && self.targets().is_ok() {
            return None;
        }
        self.policy_faults().into_iter().next().map(|(path, _)| path)
    }

    /// As [`Self::policy`], from the files themselves.
    pub fn policy_afresh(&self) -> Result<Policy> {
        let desk = self.desk()?.ok_or_else(|| Error::NoPolicy { path: layout::DESK.to_owned() })?;
        let zone = Zone::named(&desk.timezone).unwrap_or(Zone::UTC);
        let rules: CalendarRules = self.required("calendar")?;
        let path = self.rules_at(layout::CALENDAR)?;
        let calendar = Calendar::new(rules, zone).map_err(|fault| {
            self.policy_fault(&path, &fault.places(), PolicyFault::Calendar(fault.clone()))
        })?;
        let agreements = self.agreements(&calendar)?;
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
            agreements,
        };
        match policy.dangling().into_iter().next() {
            None => Ok(policy),
            Some(found) => Err(self.dangling(found)),
        }
    }

    fn dangling(&self, found: DanglingReference) -> Error {
        let (path, place) = (policy_path(found.file), found.place.clone());
        match self.rules_at(&path) {
            Ok(path) => self.policy_fault(&path, &[place], PolicyFault::Dangling(found)),
            Err(why) => why,
        }
    }

    /// Every file of rules that cannot be read, and why; all are looked at, also behind a broken
    /// one.
    pub fn policy_faults(&self) -> Vec<(String, Error)> {
        let mut faults = Vec::new();
        let mut note = |path: String, read: Result<()>| {
            let path = self.rules_at(&path).unwrap_or(path);
            faults.extend(read.err().map(|why| (path, why)));
        };
        let desk = self.desk();
        note(
            layout::DESK.to_owned(),
            desk.and_then(|desk| desk.as_ref().map_or(Ok(()), known_format)),
        );
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
        let agreements = self.some_rules::<AgreementRules>(layout::AGREEMENTS);
        note(layout::AGREEMENTS.to_owned(), agreements.map(drop));
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
        let path = self.rules_at(&policy_path("roles"))?;
        let roles: Roles = self.parsed(&path)?.unwrap_or_default();
        match roles.misfit() {
            None => Ok(roles),
            Some((action, place, fault)) => {
                let fault = PolicyFault::Role { action, fault };
                Err(self.policy_fault(&path, &[place], fault))
            }
        }
    }

    /// What was agreed with customers; nothing where the desk has no such file.
    ///
    /// # Errors
    /// A file that cannot be read, or versions or hours that contradict each other.
    fn agreements(&self, desk: &Calendar) -> Result<Agreements> {
        let path = self.rules_at(layout::AGREEMENTS)?;
        let Some(rules) = self.parsed::<AgreementRules>(&path)? else {
            return Ok(Agreements::default());
        };
        Agreements::new(rules, desk).map_err(|fault| {
            let places = fault.places();
            self.policy_fault(&path, &places, PolicyFault::Agreement(fault))
        })
    }

    /// What the key figures are to reach; `None` where the desk has no such file.
    ///
    /// # Errors
    /// A file that cannot be read, or a target that its figure cannot be held against.
    pub fn targets(&self) -> Result<Option<Targets>> {
        let path = self.rules_at(&policy_path("kpi"))?;
        let targets: Option<Targets> = self.parsed(&path)?;
        match targets.as_ref().and_then(Targets::misfit) {
            None => Ok(targets),
            Some(TargetMisfit { kpi, place, given }) => {
                let fault = PolicyFault::Target { kpi, given };
                Err(self.policy_fault(&path, &[place], fault))
            }
        }
    }

    pub(super) fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        let path = policy_path(name);
        self.some_rules(&path)?.ok_or(Error::NoPolicy { path })
    }

    /// What the file of rules says that holds; `None` where there is none.
    fn some_rules<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>> {
        self.parsed(&self.rules_at(path)?)
    }

    /// A fault in a policy file, at the first of these places that it has.
    pub(super) fn policy_fault(
        &self,
        path: &str,
        places: &[RulePlace],
        fault: PolicyFault,
    ) -> Error {
        let line = places.iter().find_map(|place| self.line_of(path, place));
        let tree = self.bytes(path).ok().flatten();
        let tree = tree.and_then(|bytes| yaml::from_slice::<Value>(&bytes).ok());
        let key = tree.zip(places.first()).and_then(|(tree, place)| entry_key(&tree, place));
        Error::Policy { path: path.to_owned(), line, key, fault: Box::new(fault) }
    }

    /// The line on which a value of a policy file stands.
    pub fn line_of(&self, path: &str, place: &RulePlace) -> Option<usize> {
        self.lines_of(path, std::slice::from_ref(place)).into_iter().next().flatten()
    }

    /// The lines on which values of a policy file stand.
    pub fn lines_of(&self, path: &str, places: &[RulePlace]) -> Vec<Option<usize>> {
        let text = self.text(path).ok().flatten().unwrap_or_default();
        yaml::place::lines_of(&text, places)
    }
}

fn policy_path(name: &str) -> String {
    format!("policy/{name}.yaml")
}

/// What a later docket says of a desk, as far as it is known here; `why` where that is too little.
fn known(mut keys: BTreeMap<String, Value>, why: Error) -> Result<DeskSettings> {
    keys.retain(|key, _| DESK_KEYS.contains(&key.as_str()));
    let known = Value::Object(keys.into_iter().collect());
    serde_json::from_value(known).map_err(|_| why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        base::terms::{FixedClock, RevealTrail, Signatures},
        deciding::policy::desk::{AttachmentLimits, PeopleSettings},
    };

    #[test]
    fn of_a_later_format_every_key_of_ours_is_kept() {
        let text = String::from("x");
        let desk = DeskSettings {
            format: 2,
            name: text.clone(),
            organisation: text.clone(),
            timezone: text.clone(),
            country: Some(text.clone()),
            locale: text.clone(),
            prefix: text.clone(),
            branch: text.clone(),
            reach: BTreeMap::from([(text.clone(), text.clone())]),
            attachments: AttachmentLimits { file: 1, record: 2 },
            people: PeopleSettings { remote: Some(text) },
            reveal: RevealTrail::Recorded,
            fixed_clock: FixedClock::Allowed,
            signatures: Signatures::Required,
        };
        let told = serde_json::to_value(&desk).unwrap();
        let mut keys: BTreeMap<String, Value> = serde_json::from_value(told).unwrap();
        keys.insert("duty".to_owned(), true.into());
        let why = Error::NoPolicy { path: String::new() };
        assert_eq!(known(keys, why).unwrap(), desk);
    }
}
