//! Key figures in English.

use crate::domain::analysis::kpi::{Kpi, figure::TargetStanding};

/// What a figure is called, and what it counts.
#[expect(clippy::too_many_lines, reason = "one line for each figure")]
pub(super) fn figure(kpi: Kpi) -> (&'static str, &'static str) {
    match kpi {
        Kpi::Received => ("logged volume", "formal records received in the period"),
        Kpi::LogRate => ("logging rate", "calls logged as records ÷ calls received"),
        Kpi::AnswerRate => ("answer rate", "calls answered ÷ calls received"),
        Kpi::Completeness => (
            "record completeness",
            "complete ÷ received; finished records by the rules for closing, others by what is recorded on opening",
        ),
        Kpi::FirstDispatch => {
            ("dispatch success", "dispatches of the period not returned ÷ dispatches of the period")
        }
        Kpi::ReturnRate => {
            ("return rate", "dispatches of the period returned ÷ dispatches of the period")
        }
        Kpi::DispatchAccuracy => (
            "dispatch accuracy",
            "resolved by the first unit dispatched to ÷ resolved in the period after a dispatch",
        ),
        Kpi::RerouteRate => ("re-route rate", "routed more than once ÷ routed in the period"),
        Kpi::AckOntime => (
            "acknowledged on time",
            "acknowledged by the due time ÷ received in the period and either acknowledged or past the due time",
        ),
        Kpi::ResponseOntime => (
            "responded on time",
            "answered by the due time ÷ answered, or past the due time, in the period",
        ),
        Kpi::CommitmentKept => {
            ("commitments kept", "answered by the committed time ÷ commitments due in the period")
        }
        Kpi::PromiseKept => (
            "promises kept",
            "kept by the promised time ÷ promises due in the period; explained does not count as kept",
        ),
        Kpi::ResolveOntime => (
            "resolved on time",
            "done by the due time in force, including agreed extensions ÷ resolved, or past the due time, in the period",
        ),
        Kpi::ResolveOntimeOriginal => (
            "resolved by the original due time",
            "done by the due time without extensions ÷ resolved, or past the due time, in the period",
        ),
        Kpi::ExpectedOntime => (
            "done by the customer's expected time",
            "done by the expected time ÷ resolved, or past the expected time, in the period",
        ),
        Kpi::SlaAttainment => (
            "SLA attainment",
            "every limit met ÷ records with limits that were resolved or late in the period",
        ),
        Kpi::ResolutionRate => (
            "resolution rate",
            "resolved, neither rejected nor out of scope ÷ closed in the period",
        ),
        Kpi::Fcr => (
            "first-contact resolution",
            "resolved by the desk right after the acknowledgement, never routed, not sent back, not reopened within the window ÷ all enquiries, requests and faults resolved in the period",
        ),
        Kpi::Flr => ("first-line resolution", "resolved without routing ÷ resolved in the period"),
        Kpi::CallbackRate => {
            ("callback rate", "closed with a completed callback ÷ closed in the period")
        }
        Kpi::CallbackReached => (
            "callbacks answered",
            "callbacks that reached the customer ÷ callbacks attempted in the period",
        ),
        Kpi::CallbackRework => (
            "sent back at the callback",
            "callbacks that sent the record back to work ÷ callbacks that reached the customer",
        ),
        Kpi::ConfirmedClosure => {
            ("confirmed closure", "closed by confirmation, not by exception ÷ closed in the period")
        }
        Kpi::Satisfaction => (
            "satisfaction (callbacks)",
            "basically satisfied or better (3–5) ÷ grades given at callbacks in the period",
        ),
        Kpi::Csat => (
            "CSAT (callbacks)",
            "satisfied or better (4–5) ÷ grades given at callbacks in the period",
        ),
        Kpi::VeryDissatisfied => {
            ("very dissatisfied (callbacks)", "grade 1 ÷ grades given at callbacks in the period")
        }
        Kpi::SurveySatisfaction => (
            "satisfaction (surveys)",
            "basically satisfied or better (3–5) ÷ first answers to the samples of the period",
        ),
        Kpi::SurveyCsat => (
            "CSAT (surveys)",
            "satisfied or better (4–5) ÷ first answers to the samples of the period",
        ),
        Kpi::SurveyVeryDissatisfied => {
            ("very dissatisfied (surveys)", "grade 1 ÷ first answers to the samples of the period")
        }
        Kpi::SurveyResponse => {
            ("survey response", "answered in time ÷ sent for the samples of the period")
        }
        Kpi::ReworkRate => (
            "sent back after being resolved",
            "sent back to work after being resolved ÷ closed after being resolved, or sent back, in the period",
        ),
        Kpi::ReopenRate => (
            "reopen rate",
            "reopened within the window, even after the period ÷ closed in the period",
        ),
        Kpi::RepeatFault => (
            "repeated faults",
            "same customer, product and category as an earlier fault, within the days set in policy ÷ faults received in the period",
        ),
        Kpi::ComplaintRate => {
            ("complaint rate", "complaints ÷ formal records received in the period")
        }
        Kpi::ComplaintValid => (
            "valid complaint rate",
            "complaints found substantiated ÷ formal records received in the period",
        ),
        Kpi::ComplaintUpheld => {
            ("complaints upheld", "substantiated ÷ complaints decided in the period")
        }
        Kpi::ComplaintOntime => (
            "complaints closed on time",
            "closed by the due time ÷ complaints closed, or past the due time, in the period",
        ),
        Kpi::ComplaintSatisfaction => (
            "complainants satisfied",
            "satisfied at the callback (3–5) ÷ complaints closed in the period",
        ),
        Kpi::Mtta => (
            "time to acknowledge (MTTA)",
            "from received to acknowledged, for records acknowledged in the period",
        ),
        Kpi::ResponseTime => (
            "time to respond",
            "from received to the first substantive reply, for records answered in the period",
        ),
        Kpi::Mttr => (
            "time to resolve, gross (MTTR)",
            "from received to done, for records resolved in the period",
        ),
        Kpi::MttrNet => {
            ("time to resolve, net", "from received to done, excluding pauses allowed by policy")
        }
        Kpi::RestoreTime => {
            ("time to restore", "from occurred to done, for faults resolved in the period")
        }
        Kpi::Backlog => ("backlog", "unfinished formal records at the end of the period"),
        Kpi::Overdue => ("overdue", "unfinished and past a due time at the end of the period"),
        Kpi::ExtensionRate => ("extension rate", "extended with consent ÷ resolved in the period"),
        Kpi::ExtensionConsent => (
            "extensions with consent",
            "agreed to by the customer ÷ due times moved in the period; must be 100%",
        ),
        Kpi::FollowupCoverage => (
            "daily follow-up",
            "follow-ups done ÷ follow-ups due: one for each working day at whose end a record has been with a unit since an earlier day",
        ),
        Kpi::EscalationRate => (
            "escalation rate (hierarchical)",
            "escalated to a higher tier ÷ formal records received in the period",
        ),
        Kpi::FunctionalEscalation => (
            "escalation rate (functional)",
            "routed beyond the first line ÷ formal records received in the period",
        ),
        Kpi::AppointmentKept => ("appointments kept", "arrived on time ÷ appointments"),
        Kpi::FormArchive => ("forms archived", "forms archived on time ÷ forms due"),
        Kpi::KnowledgeReuse => ("knowledge reuse", "resolved citing a knowledge entry ÷ resolved"),
        Kpi::ReportTimeliness => ("reports on time", "reports delivered on time ÷ reports due"),
    }
}

/// How a figure stands against its target, with a sign that needs no colour.
pub(super) fn target(standing: TargetStanding) -> &'static str {
    match standing {
        TargetStanding::Reached => "✓ met",
        TargetStanding::Missed => "✗ missed",
        TargetStanding::Open => "–",
    }
}
