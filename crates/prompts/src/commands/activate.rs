use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::Actor;

use super::note::{Turn, hold, turn_to};
use crate::{PromptKind, PromptsError, Standing, VersionNumber, queries};

/// Makes a version the active one, from the next message on. The one that is active already stays so, and nothing is noted.
///
/// # Errors
/// [`PromptsError::NotFound`] when there is no such version.
pub async fn activate(
    tx: &mut TenantTx,
    kind: PromptKind,
    number: VersionNumber,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Standing, PromptsError> {
    queries::version(tx, kind, number).await?;
    let standing = hold(tx, kind).await?;
    if standing.active() == number {
        return Ok(standing);
    }
    let turn = Turn {
        number,
        back_to: Some(standing.last_activation()),
        rolled_back: false,
    };
    turn_to(tx, &standing, turn, by, now).await?;
    queries::standing(tx, kind).await
}
