use std::ops::RangeInclusive;

use actix_web::{HttpResponse, get, put, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{CleaningRule, CleaningRuleDetails, commands, queries};

/// How the property cleans, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    /// A stay-over clean every so many nights of a stay; 0 is never.
    #[schema(minimum = 0, maximum = 30)]
    stay_over_every: i64,
    /// Fresh linen, with a clean, every so many nights; 0 is never.
    #[schema(minimum = 0, maximum = 30)]
    linen_every: i64,
    /// How long a departure clean takes.
    #[schema(minimum = 1, maximum = 600)]
    departure_minutes: i64,
    /// How long a stay-over clean takes.
    #[schema(minimum = 1, maximum = 600)]
    stay_over_minutes: i64,
    /// How long it takes with fresh linen.
    #[schema(minimum = 1, maximum = 600)]
    linen_minutes: i64,
}

/// The same, parsed.
pub(crate) struct RuleInput(CleaningRuleDetails);

impl Input for RuleInput {
    type Raw = RawRule;

    fn parse(raw: RawRule) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut nights = |name, value| number(&mut errors, name, value, 0..=30);
        let stay_over_every = nights("stay_over_every", raw.stay_over_every);
        let linen_every = nights("linen_every", raw.linen_every);
        let mut minutes = |name, value| number(&mut errors, name, value, 1..=600);
        let departure_minutes = minutes("departure_minutes", raw.departure_minutes);
        let stay_over_minutes = minutes("stay_over_minutes", raw.stay_over_minutes);
        let linen_minutes = minutes("linen_minutes", raw.linen_minutes);
        let details = || {
            Some(CleaningRuleDetails {
                stay_over_every: stay_over_every?,
                linen_every: linen_every?,
                departure_minutes: departure_minutes?,
                stay_over_minutes: stay_over_minutes?,
                linen_minutes: linen_minutes?,
            })
        };
        details().map(Self).ok_or(errors)
    }
}

/// A number within its bounds, or a note of what they are.
pub(super) fn number(
    errors: &mut FieldErrors,
    field: &str,
    value: i64,
    bounds: RangeInclusive<i16>,
) -> Option<i16> {
    let (least, most) = (*bounds.start(), *bounds.end());
    let fits = i16::try_from(value)
        .ok()
        .filter(|value| bounds.contains(value));
    let reason = || format!("must lie between {least} and {most}");
    errors.check(field, fits.ok_or_else(reason))
}

/// How the property cleans.
#[derive(Debug, Serialize, ToSchema)]
pub struct CleaningRuleView {
    /// A stay-over clean every so many nights of a stay; 0 is never.
    stay_over_every: i16,
    /// Fresh linen, with a clean, every so many nights; 0 is never.
    linen_every: i16,
    /// How long a departure clean takes.
    departure_minutes: i16,
    /// How long a stay-over clean takes.
    stay_over_minutes: i16,
    /// How long it takes with fresh linen.
    linen_minutes: i16,
    /// The `ETag`.
    version: i32,
}

impl CleaningRuleView {
    fn new(rule: &CleaningRule) -> Self {
        let CleaningRuleDetails {
            stay_over_every,
            linen_every,
            departure_minutes,
            stay_over_minutes,
            linen_minutes,
        } = rule.details;
        Self {
            stay_over_every,
            linen_every,
            departure_minutes,
            stay_over_minutes,
            linen_minutes,
            version: rule.version,
        }
    }
}

/// Shows how the property cleans.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "show_housekeeping_rule",
    responses((status = 200, description = "The rule", body = CleaningRuleView))
)]
#[get("/housekeeping/rule")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let rule = queries::rule(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let tag = etag(rule.version);
    Ok(HttpResponse::Ok()
        .insert_header(tag)
        .json(CleaningRuleView::new(&rule)))
}

/// Changes how the property cleans, from the next planning on.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "put_housekeeping_rule",
    params(VersionedWriteParams),
    request_body = RawRule,
    responses((status = 200, description = "The rule as it is now", body = CleaningRuleView))
)]
#[put("/housekeeping/rule")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteSettings>,
    db: web::Data<Db>,
    ValidJson(RuleInput(details)): ValidJson<RuleInput>,
) -> Result<HttpResponse, Problem> {
    let asked = [
        details.stay_over_every,
        details.linen_every,
        details.departure_minutes,
        details.stay_over_minutes,
        details.linen_minutes,
    ];
    write
        .run(&db, &asked, async |tx: &mut TenantTx| {
            let place = write.property.id;
            let rule = commands::put_rule(tx, place, &details, write.if_match()).await?;
            Ok(Answer::ok(CleaningRuleView::new(&rule)).version(rule.version))
        })
        .await
}
