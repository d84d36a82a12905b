//! What the survey says of a month (R57), by the rules of `report survey`: a sample counts in the
//! month that it was drawn for, whenever it was sent and answered.

use crate::domain::{
    analysis::{
        kpi::{Kpi, KpiWindow, Tally, callbacks::graded},
        survey::figures::{replies, sampled_months, standing_for},
    },
    base::terms::SurveyStanding,
    history::record::Record,
};

/// True for a record of which a sample of the period was asked.
pub(super) fn was_asked(record: &Record, window: &KpiWindow<'_>) -> bool {
    sampled_months(record).iter().any(|month| window.has_month(*month))
}

pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (record, window) = (tally.past.whole(), tally.window);
    if !was_asked(record, window) {
        return;
    }
    for month in sampled_months(record).into_iter().filter(|month| window.has_month(*month)) {
        if let Some(standing) = standing_for(record, month) {
            tally.add(Kpi::SurveyResponse, standing == SurveyStanding::Answered);
        }
    }
    for reply in replies(record) {
        if reply.sample().is_some_and(|month| window.has_month(month)) {
            let grades = [Kpi::SurveySatisfaction, Kpi::SurveyCsat, Kpi::SurveyVeryDissatisfied];
            for (kpi, met) in graded(Some(reply.answer.satisfaction), grades) {
                tally.add(kpi, met);
            }
        }
    }
}
