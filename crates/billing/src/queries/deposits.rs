use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::{BasisPoints, FolioId, Money, PropertyId};

use super::{account, folio};
use crate::schema::{deposit_policies, payment_terms as terms};
use crate::{BillingError, Deposit, Due, PaymentTerms, rules};

/// What guests pay beforehand who book at a property now. Where nobody said, everything.
pub async fn deposit_policy(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Deposit, BillingError> {
    let row: Option<(String, Option<BasisPoints>, i16)> = deposit_policies::table
        .find((tx.tenant(), property))
        .select((
            deposit_policies::deposit,
            deposit_policies::share_bp,
            deposit_policies::rest_due_days,
        ))
        .first(tx.conn())
        .await
        .optional()?;
    let Some((deposit, share, days)) = row else {
        return Ok(Deposit::Whole);
    };
    let rest_due_days = u16::try_from(days).map_err(BillingError::unreadable)?;
    Ok(match (deposit.as_str(), share) {
        ("share", Some(share)) => Deposit::Share {
            share,
            rest_due_days,
        },
        ("first_night", _) => Deposit::FirstNight { rest_due_days },
        _ => Deposit::Whole,
    })
}

/// What the guests of a booking are asked for at `now`. Of a booking that is over, all that they owe.
pub async fn due(
    tx: &mut TenantTx,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Due, BillingError> {
    let terms = match folio(tx, booking.id).await? {
        _ if !booking.status().is_to_come() => None,
        Some(folio) => payment_terms(tx, folio.id).await?,
        None => terms_offered(tx, booking).await?,
    };
    let account = account(tx, booking).await?;
    let paid = rules::paid(&account.postings, account.balance)?;
    Ok(rules::due(terms, account.balance, paid, now))
}

/// What the guests of a booking agree to whose folio is opened now, if they need not pay all at once.
pub(crate) async fn terms_offered(
    tx: &mut TenantTx,
    booking: &Booking,
) -> Result<Option<PaymentTerms>, BillingError> {
    let policy = deposit_policy(tx, booking.property).await?;
    if policy == Deposit::Whole {
        return Ok(None);
    }
    let property = motel_tenancy::queries::property(tx, booking.property)
        .await
        .map_err(BillingError::unreadable)?
        .ok_or(BillingError::NotFound("property"))?;
    Ok(rules::terms_of(policy, booking, property.timezone)?)
}

/// What the guests of a folio agreed to, if they need not pay all at once.
pub(crate) async fn payment_terms(
    tx: &mut TenantTx,
    folio: FolioId,
) -> Result<Option<PaymentTerms>, BillingError> {
    let row: Option<(i64, String, DateTime<Utc>)> = terms::table
        .find((tx.tenant(), folio))
        .select((terms::deposit_minor, terms::currency, terms::rest_due_at))
        .first(tx.conn())
        .await
        .optional()?;
    let Some((minor, currency, rest_due_at)) = row else {
        return Ok(None);
    };
    let currency = currency.parse().map_err(BillingError::unreadable)?;
    Ok(Some(PaymentTerms {
        deposit: Money::new(minor, currency),
        rest_due_at,
    }))
}
