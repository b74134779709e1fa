use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::{FolioId, PropertyId};

use crate::rules::first_reminder;
use crate::schema::{deposit_policies as table, payment_terms};
use crate::{BillingError, Deposit, queries};

/// Says what guests pay beforehand who book from now on. Who has booked keeps what they agreed to.
pub async fn put_deposit_policy(
    tx: &mut TenantTx,
    property: PropertyId,
    deposit: Deposit,
) -> Result<(), BillingError> {
    let (word, share, days) = match deposit {
        Deposit::Whole => ("none", None, 0),
        Deposit::Share {
            share,
            rest_due_days,
        } => ("share", Some(share), rest_due_days),
        Deposit::FirstNight { rest_due_days } => ("first_night", None, rest_due_days),
    };
    let policy = (
        table::deposit.eq(word),
        table::share_bp.eq(share),
        table::rest_due_days.eq(i16::try_from(days).unwrap_or(i16::MAX)),
    );
    diesel::insert_into(table::table)
        .values((
            table::tenant_id.eq(tx.tenant()),
            table::property_id.eq(property),
            policy,
        ))
        .on_conflict((table::tenant_id, table::property_id))
        .do_update()
        .set(policy)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Writes down what the guests of a new folio agreed to.
pub(super) async fn agree_on_terms(
    tx: &mut TenantTx,
    folio: FolioId,
    booking: &Booking,
) -> Result<(), BillingError> {
    let agreed_at = booking.created_at;
    let Some(terms) = queries::terms_offered(tx, booking).await? else {
        return Ok(());
    };
    diesel::insert_into(payment_terms::table)
        .values((
            payment_terms::tenant_id.eq(tx.tenant()),
            payment_terms::folio_id.eq(folio),
            payment_terms::deposit_minor.eq(terms.deposit.minor()),
            payment_terms::currency.eq(terms.deposit.currency().code()),
            payment_terms::rest_due_at.eq(terms.rest_due_at),
            payment_terms::remind_at.eq(first_reminder(terms, agreed_at)),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
