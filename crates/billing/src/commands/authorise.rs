use chrono::{DateTime, Utc};
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, By};
use motel_db::TenantTx;
use motel_kernel::{Money, PaymentLinkId};
use motel_payments::GatewayName;

use super::folio::keep_folio;
use super::payment_link::insert_link;
use crate::model::AuthorisationRow;
use crate::schema::authorisations;
use crate::{
    Authorisation, AuthorisationWanted, BillingError, LinkStatus, PaymentLink, Purpose, Way,
    queries,
};

/// Where money is to be set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// On the card that whoever opens a page there agrees with.
    Page(GatewayName),
    /// On the card that the booking's guests left.
    KeptCard,
}

/// Asks for money to be set aside for a booking. It is written here; a kept card is asked once this is committed, a page is made
/// when its guests go there. What is owed has nothing to do with it: nothing is posted until it is taken.
///
/// # Errors
/// [`BillingError::NoCardKept`], [`BillingError::WrongCurrency`].
pub async fn request_authorisation(
    tx: &mut TenantTx,
    booking: &Booking,
    amount: Money,
    aside: Aside,
    by: By,
    now: DateTime<Utc>,
) -> Result<Authorisation, BillingError> {
    let folio = keep_folio(tx, booking).await?;
    if amount.currency() != folio.currency {
        return Err(BillingError::WrongCurrency);
    }
    let (gateway, way) = match aside {
        Aside::Page(gateway) => (gateway, Way::Page { consent: None }),
        Aside::KeptCard => {
            let card = queries::kept_card(tx, folio.id).await?;
            let card = card.ok_or(BillingError::NoCardKept)?;
            let way = Way::KeptCard {
                card: card.id,
                by: by.clone(),
                asked_at: now,
            };
            (card.gateway, way)
        }
    };
    let link = PaymentLink {
        id: PaymentLinkId::new(),
        folio: folio.id,
        amount,
        status: LinkStatus::Open,
        gateway,
        checkout: None,
        way,
        purpose: Purpose::SetAside,
    };
    insert_link(tx, &link, now).await?;
    diesel::insert_into(authorisations::table)
        .values(AuthorisationRow::new(tx.tenant(), link.id, &by, now))
        .execute(tx.conn())
        .await?;
    if link.is_charge() {
        let wanted = AuthorisationWanted {
            payment_link_id: link.id,
        };
        motel_jobs::publish(tx, &wanted).await?;
    }
    let written = queries::authorisation(tx, link.id).await?;
    written.ok_or(BillingError::NotFound("authorisation"))
}
