use actix_web::{HttpResponse, get, put, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{Actor, ApiKeyId, Currency, Money};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams};
use motel_tenancy::{Directory, may};
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Ceilings, McpError, SetCeilings, commands, queries};

/// How far the assistant with a key may go, as it comes in. What is left out is no ceiling.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KeyCeilingsInput)]
pub(crate) struct RawCeilings {
    /// The most that a single booking may come to, in the smallest unit of the currency.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100000000000_i64)]
    max_total_minor: Option<i64>,
    /// What that is in: ISO 4217. A booking in another currency is above it.
    #[serde(default)]
    currency: Option<String>,
    /// How many bookings may be made on a day.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10000)]
    bookings_a_day: Option<i32>,
    /// Whether only what was booked by this key is looked up, cancelled and paid for.
    #[serde(default)]
    own_only: bool,
    /// Whether everything is only tried out.
    #[serde(default)]
    dry_run_only: bool,
}

/// The same, parsed.
pub(crate) struct CeilingsInput {
    raw: RawCeilings,
    ceilings: Ceilings,
}

const LARGEST_TOTAL: i64 = 100_000_000_000;
const MOST_BOOKINGS: i32 = 10_000;

impl Input for CeilingsInput {
    type Raw = RawCeilings;

    fn parse(raw: RawCeilings) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let max_total = max_total(&mut errors, &raw);
        let day = raw.bookings_a_day;
        if day.is_some_and(|most| !(0..=MOST_BOOKINGS).contains(&most)) {
            errors.push("bookings_a_day", "must lie between 0 and 10000");
        }
        errors.into_result()?;
        let ceilings = Ceilings {
            max_total,
            bookings_a_day: day,
            own_only: raw.own_only,
            dry_run_only: raw.dry_run_only,
        };
        Ok(Self { raw, ceilings })
    }
}

fn max_total(errors: &mut FieldErrors, raw: &RawCeilings) -> Option<Money> {
    match (raw.max_total_minor, &raw.currency) {
        (None, None) => None,
        (Some(_), None) => {
            errors.push("currency", "is missing: say what the most is in");
            None
        }
        (None, Some(_)) => {
            errors.push(
                "max_total_minor",
                "is missing: say the most in that currency",
            );
            None
        }
        (Some(minor), Some(currency)) => {
            if !(0..=LARGEST_TOTAL).contains(&minor) {
                errors.push("max_total_minor", "must lie between 0 and 100000000000");
            }
            let currency = errors.check("currency", currency.parse::<Currency>());
            currency.map(|currency| Money::new(minor, currency))
        }
    }
}

/// How far the assistant with a key may go.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeyCeilings)]
pub struct CeilingsView {
    /// The most that a single booking may come to; no end when null.
    #[schema(required)]
    max_total_minor: Option<i64>,
    /// What that is in.
    #[schema(required)]
    currency: Option<String>,
    /// How many bookings may be made on a day; no end when null.
    #[schema(required)]
    bookings_a_day: Option<i32>,
    /// Whether only what was booked by this key is looked up, cancelled and paid for.
    own_only: bool,
    /// Whether everything is only tried out.
    dry_run_only: bool,
    /// Grows with every change; 0 while nothing was set.
    version: i32,
    /// Who set it; null while nobody did.
    #[schema(required)]
    set_by: Option<String>,
    /// When.
    #[schema(required)]
    set_at: Option<DateTime<Utc>>,
}

impl CeilingsView {
    fn new(set: Option<SetCeilings>) -> Self {
        let (set_by, set_at) = set
            .as_ref()
            .map(|set| (set.set_by.to_string(), set.set_at))
            .unzip();
        let version = set.as_ref().map_or(0, |set| set.version);
        let ceilings = set.map(|set| set.ceilings).unwrap_or_default();
        Self {
            max_total_minor: ceilings.max_total.map(Money::minor),
            currency: ceilings.max_total.map(|most| most.currency().to_string()),
            bookings_a_day: ceilings.bookings_a_day,
            own_only: ceilings.own_only,
            dry_run_only: ceilings.dry_run_only,
            version,
            set_by,
            set_at,
        }
    }
}

/// Shows how far the assistant with a key may go. Without ceilings it may do what its key permits.
#[utoipa::path(
    tag = "session",
    operation_id = "show_key_ceilings",
    params(("id" = Uuid, Path, description = "Which key")),
    responses((status = 200, description = "Its ceilings", body = CeilingsView))
)]
#[get("/api-keys/{id}/ceilings")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadApiKeys>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = key_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let key = motel_tenancy::queries::api_key(&mut tx, id).await?;
    key.ok_or(McpError::NoKey)?;
    let set = queries::ceilings(&mut tx, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let view = CeilingsView::new(set);
    Ok(HttpResponse::Ok()
        .insert_header(etag(view.version))
        .json(view))
}

/// Sets how far the assistant with a key may go, from its next call on. Only somebody who is signed in may: a program lifts no ceiling.
/// With any ceiling the key opens nothing but `/mcp`; other nodes refuse it elsewhere as soon as they hear of it.
/// `If-Match` is needed only for not overwriting what somebody else set.
#[utoipa::path(
    tag = "session",
    operation_id = "put_key_ceilings",
    params(("id" = Uuid, Path, description = "Which key"), VersionedWriteParams),
    request_body = RawCeilings,
    responses(
        (status = 200, description = "Its ceilings as they are now", body = CeilingsView),
        (status = 403, description = "`staff_only`"),
    )
)]
#[put("/api-keys/{id}/ceilings")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteApiKeys>,
    path: web::Path<String>,
    db: web::Data<Db>,
    directory: web::Data<Directory>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<CeilingsInput>,
) -> Result<HttpResponse, Problem> {
    let (by, now) = (write.actor, clock.now());
    if !matches!(by, Actor::Staff(_)) {
        let detail = "Only somebody who is signed in may do this.";
        return Err(Problem::forbidden("staff_only", detail));
    }
    let id = key_id(&path)?;
    let putting = async |tx: &mut TenantTx| {
        let wanted = input.ceilings.clone();
        let set = commands::put_ceilings(tx, id, write.if_match(), wanted, by, now).await?;
        let version = set.version;
        Ok(Answer::ok(CeilingsView::new(Some(set))).version(version))
    };
    let answer = write.run(&db, &input.raw, putting).await?;
    directory.forget(write.tenant);
    Ok(answer)
}

fn key_id(path: &str) -> Result<ApiKeyId, Problem> {
    path.parse().map_err(|_| McpError::NoKey.into())
}
