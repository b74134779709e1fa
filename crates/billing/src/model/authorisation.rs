use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_bookings::By;
use motel_kernel::{Actor, Money, PaymentLinkId, TenantId};

use crate::schema::authorisations;
use crate::{BillingError, Payment};

/// Money that is to be set aside on a guest's card, or is. None of it is in the books until it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorisation {
    /// Its link and what is known of it at the gateway; what was taken of it.
    pub payment: Payment,
    /// Who asked for it, and why.
    pub by: By,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// What the gateway set aside, once it did.
    pub set_aside: Option<SetAside>,
    /// What is wanted of it, once somebody wants something.
    pub wish: Option<Wish>,
}

/// What a gateway set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The gateway's name for it.
    pub gateway_reference: String,
    /// How much.
    pub amount: Money,
    /// It can be taken before this moment.
    pub until: DateTime<Utc>,
}

/// What is wanted of money that is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// How much is to be taken; `None` when all is to be let go.
    pub take: Option<Money>,
    /// Who wants it, and why.
    pub by: By,
    /// Since when.
    pub at: DateTime<Utc>,
}

motel_db::text_enum! {
    /// What is wanted, as it is stored.
    pub(crate) enum Wanted {
        /// That it be taken.
        Capture = "capture",
        /// That it be let go.
        Void = "void",
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = authorisations)]
pub(crate) struct AuthorisationRow {
    pub(crate) tenant_id: TenantId,
    pub(crate) id: PaymentLinkId,
    pub(crate) actor: String,
    pub(crate) reason: Option<String>,
    pub(crate) asked_at: DateTime<Utc>,
    pub(crate) gateway_reference: Option<String>,
    pub(crate) authorised_minor: Option<i64>,
    pub(crate) authorised_until: Option<DateTime<Utc>>,
    pub(crate) wanted: Option<Wanted>,
    pub(crate) wanted_minor: Option<i64>,
    pub(crate) wanted_by: Option<String>,
    pub(crate) wanted_because: Option<String>,
    pub(crate) wanted_at: Option<DateTime<Utc>>,
}

impl AuthorisationRow {
    pub(crate) fn new(tenant: TenantId, id: PaymentLinkId, by: &By, now: DateTime<Utc>) -> Self {
        Self {
            tenant_id: tenant,
            id,
            actor: by.actor.to_string(),
            reason: by.reason.clone(),
            asked_at: now,
            gateway_reference: None,
            authorised_minor: None,
            authorised_until: None,
            wanted: None,
            wanted_minor: None,
            wanted_by: None,
            wanted_because: None,
            wanted_at: None,
        }
    }

    /// The same with its payment.
    pub(crate) fn of(self, payment: Payment) -> Result<Authorisation, BillingError> {
        let currency = payment.link.amount.currency();
        let money = |minor| Money::new(minor, currency);
        let set_aside = match (
            self.gateway_reference,
            self.authorised_minor,
            self.authorised_until,
        ) {
            (Some(gateway_reference), Some(minor), Some(until)) => Some(SetAside {
                gateway_reference,
                amount: money(minor),
                until,
            }),
            _ => None,
        };
        let wish = match (self.wanted, self.wanted_by, self.wanted_at) {
            (Some(_), Some(actor), Some(at)) => Some(Wish {
                take: self.wanted_minor.map(money),
                by: by(&actor, self.wanted_because)?,
                at,
            }),
            _ => None,
        };
        Ok(Authorisation {
            payment,
            by: by(&self.actor, self.reason)?,
            asked_at: self.asked_at,
            set_aside,
            wish,
        })
    }
}

fn by(actor: &str, reason: Option<String>) -> Result<By, BillingError> {
    let actor: Actor = actor.parse().map_err(BillingError::unreadable)?;
    Ok(By { actor, reason })
}
