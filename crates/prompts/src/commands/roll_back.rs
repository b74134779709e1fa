use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::Actor;

use super::note::{Turn, hold, turn_to};
use crate::{PromptKind, PromptsError, Standing, VersionNumber, queries};

/// Makes the version active again that was before the one that is. Once more goes back one more, so the caller says which activation they
/// have seen last: who clicks twice goes back once.
///
/// # Errors
/// [`PromptsError::Stale`] when another activation came since, [`PromptsError::NothingBefore`] when no version was active before.
pub async fn roll_back(
    tx: &mut TenantTx,
    kind: PromptKind,
    seen: i32,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Standing, PromptsError> {
    let standing = hold(tx, kind).await?;
    if standing.last_activation() != seen {
        return Err(PromptsError::Stale);
    }
    let present = queries::activation(tx, kind, seen).await?;
    let back_to = present.and_then(|it| it.back_to);
    let back_to = back_to.ok_or(PromptsError::NothingBefore)?;
    // Before the first activation it was the text that comes with the program, and nothing before that.
    let before = queries::activation(tx, kind, back_to).await?;
    let turn = Turn {
        number: before
            .as_ref()
            .map_or(VersionNumber::DEFAULT, |it| it.number()),
        back_to: before.and_then(|it| it.back_to),
        rolled_back: true,
    };
    turn_to(tx, &standing, turn, by, now).await?;
    queries::standing(tx, kind).await
}
