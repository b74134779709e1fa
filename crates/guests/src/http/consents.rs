use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{Actor, ConsentId, GuestId};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{guest_id, known, occasion};
use crate::commands::NewConsent;
use crate::{Channel, Consent, commands, queries};

/// What a guest said about being reached with offers, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuestConsent {
    /// `email`, `sms`, `phone`, `whatsapp` or `post`.
    #[schema(pattern = "^(email|sms|phone|whatsapp|post)$")]
    channel: String,
    /// True when they allow it, false when they do not or no longer do.
    given: bool,
    /// How it was said: `web form`, `at the front desk`.
    #[schema(min_length = 1, max_length = 120)]
    source: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct ConsentInput {
    channel: Channel,
    given: bool,
    source: String,
}

impl Input for ConsentInput {
    type Raw = RawGuestConsent;

    fn parse(raw: RawGuestConsent) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let channel = errors.check("channel", raw.channel.parse());
        let source = errors.text("source", &raw.source, 1..=120);
        match (channel, source) {
            (Some(channel), Some(source)) => Ok(Self {
                channel,
                given: raw.given,
                source,
            }),
            _ => Err(errors),
        }
    }
}

/// What a guest said about being reached with offers, once.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestConsentView {
    #[schema(value_type = Uuid)]
    id: ConsentId,
    /// On whom.
    #[schema(value_type = Uuid)]
    guest_id: GuestId,
    /// `email`, `sms`, `phone`, `whatsapp` or `post`.
    #[schema(value_type = String)]
    channel: Channel,
    /// Whether they allowed it.
    given: bool,
    /// How it was said.
    source: String,
    /// Who noted it: `staff:…` or `api_key:…`.
    #[schema(value_type = String)]
    actor: Actor,
    at: DateTime<Utc>,
}

impl From<Consent> for GuestConsentView {
    fn from(consent: Consent) -> Self {
        Self {
            id: consent.id,
            guest_id: consent.guest,
            channel: consent.channel,
            given: consent.given,
            source: consent.source,
            actor: consent.actor,
            at: consent.at,
        }
    }
}

/// Lists all that a guest ever said about offers, the newest first. What holds now stands in the guest's `consents`.
#[utoipa::path(
    tag = "guests",
    operation_id = "list_guest_consents",
    params(("id" = Uuid, Path, description = "Which guest"), CursorParams),
    responses((status = 200, description = "A page of consents", body = CursorPage<GuestConsentView>))
)]
#[get("/guests/{id}/consents")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadGuests>,
    path: web::Path<String>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<GuestConsentView>>, Problem> {
    let id = guest_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let guest = known(&mut tx, id).await?.id;
    let consents = queries::consents(&mut tx, guest, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(consents, &page, |consent| consent.id)?;
    Ok(web::Json(page.map(GuestConsentView::from)))
}

/// Notes that a guest gave or withdrew consent. The last word on a channel counts.
#[utoipa::path(
    tag = "guests",
    operation_id = "note_guest_consent",
    params(("id" = Uuid, Path, description = "Which guest"), WriteParams),
    request_body = RawGuestConsent,
    responses(
        (status = 201, description = "What was noted", body = GuestConsentView),
        (status = 409, description = "`guest_erased`"),
    )
)]
#[post("/guests/{id}/consents")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteGuests>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<ConsentInput>,
) -> Result<HttpResponse, Problem> {
    let (id, occasion) = (guest_id(&path)?, occasion(&write, &clock));
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let said = NewConsent {
                channel: input.channel,
                given: input.given,
                source: input.source.clone(),
            };
            let consent = commands::note_consent(tx, id, &said, occasion).await?;
            Ok(Answer::created(GuestConsentView::from(consent)))
        })
        .await
}
