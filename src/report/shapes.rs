//! The shapes that templates see: text ready to be read, nothing to compute.

use serde::Serialize;

use crate::report::standing::ClockStandings;

/// A record in the reader's words. Empty text where nothing is known.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RecordValues {
    pub id: String,
    pub kind: String,
    pub state: String,
    pub title: String,
    pub customer: String,
    pub contact: ContactValues,
    pub site: String,
    pub channel: String,
    pub received_at: String,
    pub reported: String,
    pub need: String,
    pub category: String,
    pub product: String,
    pub level: String,
    pub priority: String,
    pub impact: String,
    pub urgency: String,
    pub major: String,
    pub expected_by: String,
    pub reference: String,
    pub owner: String,
    pub unit: String,
    pub responsible: String,
    pub progress: String,
    pub occurred_at: String,
    /// When a fault came to light, and by whom or what.
    pub detected_at: String,
    pub source: String,
    pub location: String,
    pub symptom: String,
    pub soothed: String,
    pub acknowledged_at: String,
    pub accepted_at: String,
    pub responded_at: String,
    pub done_at: String,
    pub closed_at: String,
    pub closed_by: String,
    pub due: DueValues,
    /// How its clocks stand, on the sheet of one record.
    pub standing: ClockStandings,
    pub result: String,
    pub cause: String,
    /// What sort of cause it was.
    pub cause_category: String,
    pub code: String,
    pub resolver: String,
    pub confirmed_at: String,
    pub confirmed_by: String,
    pub confirmed_with: String,
    pub satisfaction: String,
    pub comment: String,
    pub exception: String,
    pub survey: String,
    pub answers: Vec<AnswerValues>,
    pub promises: Vec<PromiseValues>,
    pub attachments: Vec<AttachmentValues>,
    /// How it was worked on (R62).
    pub support: String,
    pub visits: Vec<VisitValues>,
    pub sessions: Vec<SessionValues>,
    /// What was told when it was opened, field by field.
    pub told: Vec<FactValues>,
    /// What the steps that solved and ended it say besides result and cause.
    pub outcome: Vec<FactValues>,
    pub history: Vec<EventValues>,
    /// Of the history, what paused or moved the clock.
    pub waits: Vec<EventValues>,
    /// Of the history, whom it was escalated to.
    pub escalations: Vec<EventValues>,
    /// The highest tier that was told; empty while none was.
    pub escalated: String,
    /// How often the customer agreed to more time; empty for never.
    pub extended: String,
    /// Date of the latest event, for the register.
    pub updated_at: String,
    /// The latest note that the reader may see.
    pub latest_note: String,
}

/// What only a complaint has. Empty text where nothing is known.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ComplaintValues {
    pub received_by: String,
    pub form: String,
    pub trigger: String,
    pub complainant_role: String,
    pub about: String,
    pub against: String,
    pub remedy: String,
    pub prohibition: String,
    /// Major or general.
    pub severity: String,
    pub criterion: String,
    pub verification: String,
    pub verified_at: String,
    pub verified_by: String,
    pub notified: String,
    pub notified_at: String,
    pub assigned_at: String,
    pub validity: String,
    pub finding: String,
    pub decided_by: String,
    pub decided_at: String,
    pub corrective: String,
    pub preventive: String,
    pub told: String,
    pub told_by: String,
    pub told_at: String,
    pub called_at: String,
    pub called_by: String,
    pub callback: String,
    pub callback_text: String,
    pub satisfied: String,
    /// Why the customer is not satisfied.
    pub dissatisfaction: String,
    /// The same, or why else it ended, or why it could not be verified.
    pub reason: String,
    pub recourse: String,
    /// When it ended, whichever way; empty while it goes on, also after a reopening.
    pub closed_at: String,
    pub closed_by: String,
    /// How it ended, or where it stands.
    pub outcome: String,
    /// Whole days from coming in to its end; empty while it goes on.
    pub days: String,
    /// Callbacks that nobody answered.
    pub unanswered: usize,
}

/// A customer's person, masked unless revealed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ContactValues {
    pub id: String,
    pub name: String,
    pub salutation: String,
    pub phone: String,
    pub email: String,
}

/// Due times.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DueValues {
    pub ack: String,
    pub respond: String,
    pub commitment: String,
    pub resolve: String,
}

/// An answer to a question of the category.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerValues {
    pub question: String,
    pub answer: String,
}

/// A promise to the customer.
#[derive(Clone, Debug, Serialize)]
pub struct PromiseValues {
    pub number: usize,
    pub what: String,
    pub due: String,
    pub kept_at: String,
    /// It was kept, but after its time.
    pub late: bool,
    pub explained_at: String,
    /// How it stands, on the sheet of one record.
    pub standing: String,
}

/// A file that was attached.
#[derive(Clone, Debug, Serialize)]
pub struct AttachmentValues {
    pub number: usize,
    pub kind: String,
    pub name: String,
    pub size: String,
    pub sha256: String,
    pub by: String,
    pub at: String,
    /// Empty while it is kept.
    pub dropped_at: String,
}

/// A visit to the customer. Empty text where nothing is known yet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct VisitValues {
    pub number: usize,
    /// Number of its form on paper.
    pub form: String,
    pub state: String,
    pub from: String,
    pub until: String,
    pub engineer: String,
    /// Whom the engineer asks for.
    pub with: ContactValues,
    pub address: String,
    pub need: String,
    pub departed_at: String,
    pub arrived_at: String,
    /// When the customer was told that the engineer comes late, or not at all.
    pub told_at: String,
    /// Why it came late, or nobody came.
    pub reason: String,
    /// True where nobody came, or was to come.
    pub off: bool,
    /// When the work was entered.
    pub done_at: String,
    pub left_at: String,
    pub work: String,
    pub parts: String,
    pub left_open: String,
    pub result: String,
    pub broken: Vec<BrokenValues>,
    /// True where devices of the customer were used, allowed or not.
    pub devices_used: bool,
    /// Empty where nobody of the customer allowed it.
    pub devices_allowed_by: String,
    pub opinion: String,
    pub comment: String,
    pub signed_by: String,
    pub signed_at: String,
    /// Why nobody signed.
    pub refused: String,
    pub hand_in_due: String,
    pub handed_in_at: String,
    pub archive_due: String,
    pub archived_at: String,
    pub archived_by: String,
}

/// A remote session. Empty text where nothing is known yet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SessionValues {
    pub number: usize,
    /// Number of its record on paper.
    pub form: String,
    pub state: String,
    pub engineer: String,
    pub begun_at: String,
    pub consent_by: String,
    pub consent_at: String,
    pub method: String,
    /// What the customer allowed.
    pub scope: String,
    pub tool: String,
    /// True where the customer let a client be installed.
    pub install: bool,
    pub supervised_by: String,
    pub refused_at: String,
    pub refused_by: String,
    /// Why the customer did not want it.
    pub refused: String,
    pub ended_at: String,
    pub steps: String,
    pub result: String,
    /// Empty where none was affected.
    pub other_software: String,
    /// Empty where none was touched.
    pub data: String,
    pub data_allowed_by: String,
    pub client: String,
    pub kept_because: String,
}

/// A prohibition that was broken on a visit.
#[derive(Clone, Debug, Serialize)]
pub struct BrokenValues {
    pub prohibition: String,
    pub text: String,
}

/// A field that was recorded, with its label and its value in the reader's words.
#[derive(Clone, Debug, Serialize)]
pub struct FactValues {
    pub name: String,
    pub label: String,
    pub value: String,
}

/// A step.
#[derive(Clone, Debug, Serialize)]
pub struct EventValues {
    pub n: u32,
    pub at: String,
    pub by: String,
    /// What it did: “acknowledged”.
    pub action: String,
    /// The name of the step.
    pub step: String,
    /// Everything that it recorded, in one line.
    pub details: String,
    /// The same, field by field.
    pub facts: Vec<FactValues>,
    pub note: String,
}
