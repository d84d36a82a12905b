//! Whose deed a step is, where the desk enters it for somebody without a shell.

use clap::Args;

use crate::{app::step::StepRequest, store::find::RecordRef};

#[derive(Args, Clone, Debug)]
pub struct OnBehalfOf {
    #[arg(long, value_name = "PERSON", alias = "told-by")]
    pub on_behalf_of: Option<String>,
    #[arg(long)]
    pub method: Option<String>,
}

impl OnBehalfOf {
    /// The step as the desk asks for it.
    pub fn request<'a>(&'a self, record: &'a RecordRef) -> StepRequest<'a> {
        StepRequest {
            told_by: self.on_behalf_of.as_deref(),
            told_via: self.method.as_deref(),
            ..StepRequest::new(record)
        }
    }
}
