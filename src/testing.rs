//! What the tests and benches of the whole program use of its inside, under the paths that it has
//! there. Nobody else may rely on it.

pub mod audit {
    pub use crate::audit::{Present, Range, run};

    pub mod message {
        pub use crate::audit::message::{of_import, of_step};
    }
}

pub mod domain {
    pub mod analysis {
        pub mod finding {
            pub use crate::domain::analysis::finding::Severity;
        }
    }

    pub mod base {
        pub mod ids {
            pub use crate::domain::base::ids::{AgreementId, ContactId, PersonId, RecordId};
        }

        pub mod terms {
            pub use crate::domain::base::terms::{
                Callback, Channel, Code, Exception, FaultSource, Field, Form, Grade, Kind, Level,
                LinkKind, Mood, Party, Phase, Progress, Prohibition, RemoteStep, Role,
                Satisfaction, State, Term, Trigger, Validity, VisitStep,
            };
        }

        pub mod time {
            pub use crate::domain::base::time::Timestamp;
        }
    }

    pub mod deciding {
        pub mod policy {
            pub use crate::domain::deciding::policy::Policy;
        }

        pub mod scene {
            pub use crate::domain::deciding::scene::{Lookup, Scene};
        }

        pub mod steps {
            pub use crate::domain::deciding::steps::{decide, decide_again, objections};

            pub mod open {
                pub use crate::domain::deciding::steps::open::Request;
            }
        }
    }

    pub mod history {
        pub mod contact {
            pub use crate::domain::history::{
                contact::Contact, mask::mask_name, person::PersonDetails,
            };
        }

        pub mod event {
            pub use crate::domain::history::event::{Event, FORMAT, RULES, Stamp};
        }

        pub mod facts {
            pub use crate::domain::history::facts::{Audience, Fact, Facts, Value};
        }

        pub mod intake {
            pub use crate::domain::history::intake::{Expected, FaultReport, Intake, Occurred};
        }

        pub mod record {
            pub use crate::domain::history::record::Record;
        }

        pub mod refusal {
            pub use crate::domain::history::refusal::Refusal;
        }

        pub mod status {
            pub use crate::domain::history::status::{Occupation, parts::Archive};
        }

        pub mod steps {
            pub use crate::domain::history::steps::{
                Act, Action, Next, TABLE, Transition, accept::Accept, ack::Ack, close::Close,
                confirm::Confirm, open::Open, resolve::Resolve, respond::Respond, route::Route,
                survey_send::SurveyQuestion, undo::Undo, update::Update,
            };

            pub mod visit {
                pub use crate::domain::history::steps::visit::from;
            }
        }
    }
}

pub mod report {
    pub use crate::report::EDITION;

    pub mod kept_report {
        pub use crate::report::kept_report::draft;
    }
}

pub mod store {
    pub use crate::store::{
        Revision, Store, blob_name, error, file,
        git::{
            FileChange, Identity,
            apart::{ApartAuthor, ApartChange},
            variables::GitVariables,
        },
        hash, record_file,
    };

    pub mod attachments {
        pub use crate::store::attachments::sha256;
    }

    pub mod layout {
        pub use crate::store::layout::{
            AGREED_PERSONS, PERSONS, archive, contact, person, record_of,
        };
    }

    pub mod yaml {
        pub use crate::store::yaml::from_slice;
    }
}

pub mod words {
    pub use crate::words::{Lang, Words, en, zh};
}
