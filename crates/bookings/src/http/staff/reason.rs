use motel_kernel::Actor;
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::By;

/// Why something is done, as it comes in. `{}` will do.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ReservationReason)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReason {
    /// In the words of who does it.
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
    /// Check in although the room is not made up, or check out although something is owed. Wants a reason.
    #[serde(default)]
    force: bool,
}

/// The same, parsed.
#[derive(Debug, Serialize)]
pub(crate) struct Reason {
    pub(super) reason: Option<String>,
    pub(super) force: bool,
}

impl Reason {
    pub(super) fn by(&self, actor: Actor) -> By {
        By {
            actor,
            reason: self.reason.clone(),
        }
    }
}

impl Input for Reason {
    type Raw = RawReason;

    fn parse(raw: RawReason) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = raw.reason.map(|text| errors.text("reason", &text, 1..=500));
        match reason {
            Some(None) => Err(errors),
            None if raw.force => Err(FieldErrors::of("reason", "say why, when you force it")),
            reason => Ok(Self {
                reason: reason.flatten(),
                force: raw.force,
            }),
        }
    }
}
