use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Actor;

use crate::schema::{activations, kinds};
use crate::{Activation, PromptKind, PromptsError, Standing, VersionNumber};

/// How a business stands with a kind, held until the transaction ends: activations follow each other.
pub(super) async fn hold(tx: &mut TenantTx, kind: PromptKind) -> Result<Standing, PromptsError> {
    diesel::insert_into(kinds::table)
        .values((kinds::tenant_id.eq(tx.tenant()), kinds::kind.eq(kind)))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    let standing = kinds::table
        .find((tx.tenant(), kind))
        .select(Standing::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await?;
    Ok(standing)
}

/// What is to become active, and how it came to that.
pub(super) struct Turn {
    pub(super) number: VersionNumber,
    pub(super) back_to: Option<i32>,
    pub(super) rolled_back: bool,
}

/// Makes a version the active one, and notes it. The standing is held.
pub(super) async fn turn_to(
    tx: &mut TenantTx,
    standing: &Standing,
    turn: Turn,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Activation, PromptsError> {
    let (kind, seq) = (standing.kind, standing.last_activation() + 1);
    let noted = diesel::insert_into(activations::table)
        .values((
            activations::tenant_id.eq(tx.tenant()),
            activations::kind.eq(kind),
            activations::seq.eq(seq),
            activations::version.eq(turn.number.saved()),
            activations::back_to.eq(turn.back_to),
            activations::rolled_back.eq(turn.rolled_back),
            activations::activated_by.eq(by),
            activations::activated_at.eq(now),
        ))
        .returning(Activation::as_returning())
        .get_result(tx.conn())
        .await?;
    diesel::update(kinds::table.find((tx.tenant(), kind)))
        .set((
            kinds::active.eq(turn.number.saved()),
            kinds::last_activation.eq(seq),
        ))
        .execute(tx.conn())
        .await?;
    Ok(noted)
}
