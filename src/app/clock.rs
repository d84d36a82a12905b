//! What time it is, and chance.

use std::{
    cell::Cell,
    time::{SystemTime, UNIX_EPOCH},
};

use chrono::Datelike as _;
use ulid::Ulid;

use crate::{
    app::environment::Environment,
    domain::{
        base::{
            ids::{ContactId, EventId, RecordId},
            time::Timestamp,
            zone::Zone,
        },
        history::intake::Source,
    },
    error::Error,
    store,
};

/// The wall clock, or the one that `DOCKET_NOW` fixed.
#[derive(Clone, Copy, Debug)]
pub enum TimeSource {
    Wall,
    Fixed(Timestamp),
}

impl TimeSource {
    /// The clock that the surroundings ask for.
    ///
    /// # Errors
    /// A `DOCKET_NOW` that is no time, or of a year that ids cannot name.
    pub fn from(environment: &Environment) -> Result<Self, Error> {
        match &environment.now {
            None => Ok(Self::Wall),
            Some(text) => {
                let name = "DOCKET_NOW";
                let at: Timestamp =
                    text.parse().map_err(|fault| Error::BadVariable { name, fault })?;
                let year = at.date().year();
                if !RecordId::YEARS.contains(&year) {
                    return Err(Error::ClockOutOfRange { name, year });
                }
                Ok(Self::Fixed(at))
            }
        }
    }

    /// The present time in a zone.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the wall clock"
    )]
    pub fn now(self, zone: Zone) -> Timestamp {
        match self {
            Self::Fixed(at) => at.in_zone(zone),
            Self::Wall => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
                Timestamp::from_unix(seconds, zone).unwrap_or_default()
            }
        }
    }

    /// True under `DOCKET_NOW`.
    pub fn is_fixed(self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}

/// Where ids come from: chance, or a hash of `DOCKET_SEED` and of what is being done.
#[derive(Debug)]
pub struct Ids {
    seed: Option<String>,
    drawn: Cell<u64>,
}

impl Ids {
    /// The ids that the surroundings ask for.
    pub fn from(environment: &Environment) -> Self {
        Self { seed: environment.seed.clone(), drawn: Cell::new(0) }
    }

    /// An id for an event that is entered at `now`.
    pub fn event(&self, now: Timestamp, seed_context: &str) -> Result<EventId, Error> {
        let millis = u64::try_from(now.unix()).unwrap_or_default().saturating_mul(1000);
        let random = self.bits(seed_context)?;
        let ulid = Ulid::from_parts(millis, random);
        ulid.to_string().parse().map_err(|_| Error::NoChance)
    }

    /// An id for a record of the day of `received`.
    pub fn record(
        &self,
        prefix: &str,
        opened: Timestamp,
        seed_context: &str,
    ) -> Result<RecordId, Error> {
        Ok(RecordId::new(prefix, opened.date(), low(self.bits(seed_context)?)))
    }

    /// An id for a record of another system. Under a seed it hangs on the number there alone, in
    /// however many files that comes; `nth` draws another where one is taken.
    pub fn imported(
        &self,
        prefix: &str,
        opened: Timestamp,
        (source, nth): (&Source, u64),
    ) -> Result<RecordId, Error> {
        let own = format!("import\0{}\0{}", source.system, source.number);
        let bits = self.bits_of(&own, nth)?;
        Ok(RecordId::new(prefix, opened.date(), low(bits)))
    }

    /// An id for a contact.
    pub fn contact(&self, seed_context: &str) -> Result<ContactId, Error> {
        Ok(ContactId::new(low(self.bits(seed_context)?)))
    }

    /// True where ids are drawn from a seed, so that a run can be repeated.
    pub fn are_seeded(&self) -> bool {
        self.seed.is_some()
    }

    /// A byte by chance, whatever the seed.
    pub fn chance() -> Result<u8, Error> {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|_| Error::NoChance)?;
        Ok(byte[0])
    }

    fn bits(&self, seed_context: &str) -> Result<u128, Error> {
        self.bits_of(seed_context, self.drawn.replace(self.drawn.get() + 1))
    }

    fn bits_of(&self, seed_context: &str, nth: u64) -> Result<u128, Error> {
        let mut bytes = [0; 16];
        match &self.seed {
            None => getrandom::fill(&mut bytes).map_err(|_| Error::NoChance)?,
            Some(seed) => {
                let hash = store::hash(format!("{seed}\0{seed_context}\0{nth}").as_bytes());
                bytes.copy_from_slice(&hash[..16]);
            }
        }
        Ok(u128::from_le_bytes(bytes))
    }
}

fn low(bits: u128) -> u64 {
    u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default()
}
