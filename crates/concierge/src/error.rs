use motel_appointments::AppointmentError;
use motel_db::DbError;
use motel_inventory::InventoryError;
use motel_prompts::{RenderFault, TemplateFault};

/// Why something about who answers guests could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ConciergeError {
    /// No model was chosen.
    #[error("no model was chosen")]
    NoModel,
    /// Somebody changed it meanwhile.
    #[error("the model was changed meanwhile")]
    Stale,
    /// A text is no prompt that may be kept.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// A prompt says nothing with the values of the house.
    #[error(transparent)]
    Render(#[from] RenderFault),
    /// The rooms could not be read.
    #[error(transparent)]
    Inventory(#[from] InventoryError),
    /// The services could not be read.
    #[error(transparent)]
    Appointments(#[from] AppointmentError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl ConciergeError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoModel => "not_found",
            Self::Stale => "version_mismatch",
            Self::Template(_) | Self::Render(_) => "invalid_input",
            Self::Inventory(_) | Self::Appointments(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for ConciergeError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
