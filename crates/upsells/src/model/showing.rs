use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;
use motel_kernel::{BookingId, ConversationId, Money, PropertyId, TenantId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Priced, Rule, RuleId};
use crate::schema::showings;

/// Which showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(transparent)]
pub struct ShowingId(Uuid);

motel_db::text_enum! {
    /// What became of an offer.
    pub enum Outcome {
        /// The guest has read it.
        Shown = "shown",
        /// The guest said yes.
        Taken = "taken",
        /// The guest said no.
        Declined = "declined",
    }
}

/// An offer that is put to a guest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Showing<'a> {
    /// By which rule.
    pub rule: &'a Rule,
    /// In which conversation.
    pub conversation: ConversationId,
    /// For how much.
    pub priced: &'a Priced,
    /// The date at the property.
    pub today: NaiveDate,
    /// When.
    pub now: DateTime<Utc>,
}

/// What was offered in a conversation before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Past {
    /// By which rules.
    pub shown: Vec<RuleId>,
    /// Whether the guest has said no to one of them.
    pub refused: bool,
}

impl ShowingId {
    pub(crate) fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The bare UUID.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }
}

/// A showing as it is first written.
#[derive(Insertable)]
#[diesel(table_name = showings)]
pub(crate) struct ShowingRow {
    tenant_id: TenantId,
    id: ShowingId,
    property_id: PropertyId,
    rule_id: RuleId,
    conversation_id: ConversationId,
    shown_on: NaiveDate,
    shown_at: DateTime<Utc>,
    extra_minor: i64,
    currency: String,
    booking_id: Option<BookingId>,
}

impl ShowingRow {
    pub(crate) fn new(tenant_id: TenantId, id: ShowingId, showing: &Showing<'_>) -> Self {
        let extra: Money = showing.priced.extra;
        Self {
            tenant_id,
            id,
            property_id: showing.rule.property_id,
            rule_id: showing.rule.id,
            conversation_id: showing.conversation,
            shown_on: showing.today,
            shown_at: showing.now,
            extra_minor: extra.minor(),
            currency: extra.currency().code().to_owned(),
            booking_id: None,
        }
    }
}
