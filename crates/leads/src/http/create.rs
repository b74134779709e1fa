use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use motel_db::Db;
use motel_kernel::{Email, Party, PersonName, Phone};
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::commands::{Captured, capture};
use crate::model::{Contact, LeadSource, LeadStatus, NewLead, NoContact, Notes, WantedDates};

/// Somebody's name and how to reach them, as it comes in. One of `email` and `phone` is enough.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RawLead {
    full_name: String,
    #[serde(default)]
    email: Option<String>,
    /// With the country code unless it is a US one.
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    check_in: Option<NaiveDate>,
    #[serde(default)]
    check_out: Option<NaiveDate>,
    #[serde(default)]
    adults: Option<i64>,
    #[serde(default)]
    children: Option<i64>,
    /// One word such as `web`, `chat` or `phone`; `web` when left out.
    #[serde(default)]
    source: Option<String>,
    /// At most 2,000 characters.
    #[serde(default)]
    notes: Option<String>,
}

pub(crate) struct LeadInput(NewLead);

impl Input for LeadInput {
    type Raw = RawLead;

    fn parse(raw: RawLead) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.check("full_name", PersonName::parse(&raw.full_name));
        let contact = parse_contact(&raw, &mut errors);
        let wanted = errors.check("check_out", WantedDates::new(raw.check_in, raw.check_out));
        let party = errors.check("adults", parse_party(&raw));
        let source = raw
            .source
            .as_deref()
            .map_or_else(|| Ok(LeadSource::web()), LeadSource::parse);
        let source = errors.check("source", source);
        let notes = errors.check(
            "notes",
            Notes::parse(raw.notes.as_deref().unwrap_or_default()),
        );
        match (name, contact, wanted, party, source, notes) {
            (Some(name), Some(contact), Some(wanted), Some(party), Some(source), Some(notes)) => {
                Ok(Self(NewLead {
                    name,
                    contact,
                    wanted,
                    party,
                    source,
                    notes,
                    conversation: None,
                }))
            }
            _ => Err(errors),
        }
    }
}

/// An empty field counts as one that was left out. A broken one is an error even when the other would do.
fn parse_contact(raw: &RawLead, errors: &mut FieldErrors) -> Option<Contact> {
    fn given(text: &Option<String>) -> Option<&str> {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }
    let email = errors.check("email", given(&raw.email).map(Email::parse).transpose());
    let phone = errors.check("phone", given(&raw.phone).map(Phone::parse).transpose());
    Contact::new(email?, phone?)
        .map_err(|missing: NoContact| errors.push("email", missing))
        .ok()
}

fn parse_party(raw: &RawLead) -> Result<Option<Party>, motel_kernel::InvalidParty> {
    if raw.adults.is_none() && raw.children.is_none() {
        return Ok(None);
    }
    Party::new(raw.adults.unwrap_or(1), raw.children.unwrap_or(0), 0).map(Some)
}

/// A lead as its sender sees it: nothing that was known before.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeadView {
    /// What to quote, `LD00001`.
    pub lead_id: String,
    /// `new` until somebody has looked at it.
    #[schema(value_type = String)]
    pub status: LeadStatus,
    /// False when the same person had left their name before.
    pub created: bool,
}

impl From<Captured> for LeadView {
    fn from(captured: Captured) -> Self {
        Self {
            lead_id: captured.lead.number.to_string(),
            status: captured.lead.status,
            created: captured.created,
        }
    }
}

/// Leaves a name and how to be reached.
///
/// Leaving the same e-mail address or phone number again brings the lead up to date.
#[utoipa::path(
    tag = "leads",
    request_body = RawLead,
    responses(
        (status = 201, description = "Taken", body = LeadView),
        (status = 200, description = "Known before and brought up to date", body = LeadView),
        (status = 422, description = "A field is not right", content_type = "application/problem+json"),
    )
)]
#[post("/leads")]
pub(crate) async fn create(
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(LeadInput(new)): ValidJson<LeadInput>,
) -> Result<HttpResponse, Problem> {
    if new.wanted.is_past(place.property.today(&*clock)) {
        return Err(Problem::invalid("check_in", "must not lie in the past"));
    }
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let captured = capture(&mut tx, &new).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let mut answer = if captured.created {
        HttpResponse::Created()
    } else {
        HttpResponse::Ok()
    };
    Ok(answer.json(LeadView::from(captured)))
}
