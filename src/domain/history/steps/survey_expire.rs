//! `survey expire`: no answer came in time (R57).
use serde::{Deserialize, Serialize};

use super::EVERY;
use crate::domain::{
    base::{
        terms::{State, SurveyStanding},
        time::Timestamp,
    },
    history::{
        event::Stamp,
        facts::Facts,
        refusal::Refusal,
        status::Status,
        steps::{Next, Step},
    },
};

/// No answer came in time; that is never a good one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyExpire {
    /// Until when it was waited for.
    pub until: Timestamp,
}

impl Step for SurveyExpire {
    const FROM: &'static [State] = EVERY;
    const TO: Next = Next::Same;

    fn ready(status: &Status, stamp: &Stamp) -> Result<(), Refusal> {
        let waiting =
            status.survey.as_ref().filter(|survey| survey.standing == SurveyStanding::Sent);
        match waiting.and_then(|survey| survey.until) {
            None => Err(Refusal::NothingAwaited),
            Some(until) if stamp.at <= until => Err(Refusal::StillAwaited { until }),
            Some(_) => Ok(()),
        }
    }

    fn apply(&self, status: &mut Status, stamp: &Stamp) {
        if let Some(survey) = &mut status.survey {
            survey.standing = SurveyStanding::Expired;
            survey.expired_at = Some(stamp.at);
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new().known("until", self.until)
    }
}
