use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, Money};

use crate::model::ShowingRow;
use crate::schema::showings;
use crate::{Outcome, Showing, ShowingId, UpsellError};

/// Notes that an offer is put to a guest. `None` when that rule was said in that conversation already: then it is not said again.
pub async fn show(
    tx: &mut TenantTx,
    showing: &Showing<'_>,
) -> Result<Option<ShowingId>, UpsellError> {
    let row = ShowingRow::new(tx.tenant(), ShowingId::new(), showing);
    let shown = diesel::insert_into(showings::table)
        .values(row)
        .on_conflict((
            showings::tenant_id,
            showings::conversation_id,
            showings::rule_id,
        ))
        .do_nothing()
        .returning(showings::id)
        .get_result(tx.conn())
        .await
        .optional()?;
    Ok(shown)
}

/// Notes the guest's yes or no. Only the first one counts: false when there was one before.
pub async fn answer(
    tx: &mut TenantTx,
    id: ShowingId,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<bool, UpsellError> {
    let changed = diesel::update(showings::table)
        .filter(showings::tenant_id.eq(tx.tenant()))
        .filter(showings::id.eq(id))
        .filter(showings::outcome.eq(Outcome::Shown))
        .set((showings::outcome.eq(outcome), showings::answered_at.eq(now)))
        .execute(tx.conn())
        .await?;
    Ok(changed == 1)
}

/// Notes of which booking it became part, once it has, and what it comes to there; what it was offered for where that is not known.
pub async fn become_part(
    tx: &mut TenantTx,
    id: ShowingId,
    booking: BookingId,
    extra: Option<Money>,
) -> Result<(), UpsellError> {
    let extra = extra.map(Money::minor).filter(|extra| *extra > 0);
    diesel::update(showings::table)
        .filter(showings::tenant_id.eq(tx.tenant()))
        .filter(showings::id.eq(id))
        .filter(showings::outcome.eq(Outcome::Taken))
        .filter(showings::booking_id.is_null())
        .set((
            showings::booking_id.eq(booking),
            extra.map(|extra| showings::extra_minor.eq(extra)),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
