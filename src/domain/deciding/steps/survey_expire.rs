//! How `survey expire` is decided: until when it was waited for.

use crate::domain::{
    base::terms::Role,
    deciding::{scene::Scene, steps::Decidable},
    history::{refusal::Refusal, roles::DESK, steps::survey_expire::SurveyExpire},
};

impl Decidable for SurveyExpire {
    type Request = ();

    const MAY: &'static [Role] = DESK;

    fn decide((): (), scene: &Scene<'_>) -> Result<Self, Refusal> {
        let survey = scene.record.status.survey.as_ref();
        let until = survey.and_then(|survey| survey.until).ok_or(Refusal::NothingAwaited)?;
        Ok(Self { until })
    }

    fn request(&self) -> Self::Request {
        {}
    }
}
