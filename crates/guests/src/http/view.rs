use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::GuestId;
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Channel, Consent, Guest, queries};

/// A guest as staff see them.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestProfileView {
    /// Which guest; not the one that was asked for where that one was merged into another.
    #[schema(value_type = Uuid)]
    id: GuestId,
    name: String,
    /// What tells two guests apart; `null` once they were erased.
    #[schema(required)]
    email: Option<String>,
    /// In international form.
    #[schema(required)]
    phone: Option<String>,
    /// What they like to be spoken to in: `pt-BR`.
    #[schema(required)]
    language: Option<String>,
    /// Where they live, by two letters.
    #[schema(required)]
    country: Option<String>,
    /// How much attention they get; 0 is the usual.
    #[schema(minimum = 0, maximum = 5)]
    vip_level: i16,
    /// What they like, in short words.
    preferences: Vec<String>,
    /// The channels of which they said whether they may be reached with offers, each with the last word. On any other
    /// channel nothing is allowed.
    consents: Vec<ConsentStateView>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// When everything personal was overwritten.
    #[schema(required)]
    erased_at: Option<DateTime<Utc>>,
    /// The `ETag`.
    version: i32,
}

/// The last word on a channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentStateView {
    /// `email`, `sms`, `phone`, `whatsapp` or `post`.
    #[schema(value_type = String)]
    channel: Channel,
    /// Whether offers are allowed.
    given: bool,
    /// Since when.
    since: DateTime<Utc>,
}

impl GuestProfileView {
    fn new(guest: Guest, consents: &[Consent]) -> Self {
        let theirs = consents.iter().filter(|consent| consent.guest == guest.id);
        Self {
            id: guest.id,
            name: guest.name.as_str().to_owned(),
            email: match guest.erased_at {
                Some(_) => None,
                None => Some(guest.email.as_str().to_owned()),
            },
            phone: guest.phone.map(|phone| phone.as_str().to_owned()),
            language: guest.language.map(|language| language.to_string()),
            country: guest.country.map(|country| country.to_string()),
            vip_level: guest.vip_level,
            preferences: guest.preferences,
            consents: theirs.map(ConsentStateView::new).collect(),
            created_at: guest.created_at,
            updated_at: guest.updated_at,
            erased_at: guest.erased_at,
            version: guest.version,
        }
    }

    /// The view of one guest, with their consents looked up.
    pub(super) async fn of(tx: &mut TenantTx, guest: Guest) -> Result<Self, Problem> {
        let consents = queries::current_consents(tx, &[guest.id]).await?;
        Ok(Self::new(guest, &consents))
    }

    /// The views of many, in their order.
    pub(super) async fn of_all(
        tx: &mut TenantTx,
        guests: Vec<Guest>,
    ) -> Result<Vec<Self>, Problem> {
        let ids: Vec<GuestId> = guests.iter().map(|guest| guest.id).collect();
        let consents = queries::current_consents(tx, &ids).await?;
        let views = guests.into_iter().map(|guest| Self::new(guest, &consents));
        Ok(views.collect())
    }

    pub(super) fn id(&self) -> GuestId {
        self.id
    }
}

impl ConsentStateView {
    fn new(consent: &Consent) -> Self {
        Self {
            channel: consent.channel,
            given: consent.given,
            since: consent.at,
        }
    }
}
