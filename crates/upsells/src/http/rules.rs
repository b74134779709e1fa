use actix_web::{HttpResponse, delete, get, post, put, web};
use chrono::NaiveDate;
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{
    Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams,
};
use motel_tenancy::may;
use motel_web::{Problem, ValidJson, etag};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{UpsellRuleBody, UpsellRuleInput, UpsellRuleView};
use crate::{RuleId, commands, queries};

/// Every rule, in the order they are looked at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UpsellRules {
    rules: Vec<UpsellRuleView>,
}

/// Lists what guests are offered besides, in the order it is looked at; at most 50 rules.
#[utoipa::path(
    tag = "upsells",
    operation_id = "list_upsell_rules",
    responses((status = 200, description = "The rules", body = UpsellRules))
)]
#[get("/upsell-rules")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    db: web::Data<Db>,
) -> Result<web::Json<UpsellRules>, Problem> {
    let tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let rules = queries::rules(&tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(UpsellRules::from(rules)))
}

impl From<Vec<crate::Rule>> for UpsellRules {
    fn from(rules: Vec<crate::Rule>) -> Self {
        let rules = rules.into_iter().map(UpsellRuleView::from).collect();
        Self { rules }
    }
}

/// Shows a rule.
#[utoipa::path(
    tag = "upsells",
    operation_id = "show_upsell_rule",
    params(("id" = Uuid, Path, description = "Which rule")),
    responses((status = 200, description = "The rule, its version in `ETag`", body = UpsellRuleView))
)]
#[get("/upsell-rules/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::rule(&tx, access.property.id, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let found = found.ok_or_else(|| Problem::not_found("rule"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(found.version))
        .json(UpsellRuleView::from(found)))
}

/// Adds a rule behind the others.
#[utoipa::path(
    tag = "upsells",
    operation_id = "create_upsell_rule",
    params(WriteParams),
    request_body = UpsellRuleBody,
    responses(
        (status = 201, description = "Added", body = UpsellRuleView),
        (status = 409, description = "`too_many_rules`"),
    )
)]
#[post("/upsell-rules")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteRates>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<UpsellRuleInput>,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let details = input.details.clone();
            let made = commands::create_rule(tx, write.property.id, details).await?;
            let path = format!("/api/v1/upsell-rules/{}", made.id.as_uuid());
            Ok(Answer::created(UpsellRuleView::from(made))
                .version(1)
                .location(path))
        })
        .await
}

/// Describes a rule anew. Its place stays.
#[utoipa::path(
    tag = "upsells",
    operation_id = "replace_upsell_rule",
    params(("id" = Uuid, Path, description = "Which rule"), VersionedWriteParams),
    request_body = UpsellRuleBody,
    responses(
        (status = 200, description = "As it is now", body = UpsellRuleView),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/upsell-rules/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<UpsellRuleInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let details = input.details.clone();
            let now = commands::change_rule(tx, write.property.id, id, details, version).await?;
            let version = now.version;
            Ok(Answer::ok(UpsellRuleView::from(now)).version(version))
        })
        .await
}

/// Removes a rule, and what is known of its take-up. One that is switched off keeps that.
#[utoipa::path(
    tag = "upsells",
    operation_id = "delete_upsell_rule",
    params(("id" = Uuid, Path, description = "Which rule"), VersionedWriteParams),
    responses(
        (status = 204, description = "It is gone"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[delete("/upsell-rules/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::remove_rule(tx, write.property.id, id, version).await?;
            Ok(Answer::no_content())
        })
        .await
}

/// What a guest would read by a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UpsellPreview {
    /// The example, with the price of a real stay; `null` when it could not be sold with any of those tried.
    #[schema(required)]
    example: Option<UpsellExample>,
}

/// A sentence, and the stay it is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UpsellExample {
    check_in: NaiveDate,
    check_out: NaiveDate,
    adults: u8,
    children: u8,
    pets: u8,
    /// What the guest would read.
    text: String,
}

/// Shows what a guest would read, with today's price of a stay from one of the next Fridays on.
#[utoipa::path(
    tag = "upsells",
    operation_id = "preview_upsell_rule",
    params(("id" = Uuid, Path, description = "Which rule")),
    responses((status = 200, description = "An example, where one can be sold", body = UpsellPreview))
)]
#[get("/upsell-rules/{id}/preview")]
pub(crate) async fn preview(
    access: StaffAccess<may::ReadRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<UpsellPreview>, Problem> {
    let id = id(&path)?;
    let property = &access.property;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let rule = queries::rule(&tx, property.id, id).await?;
    let rule = rule.ok_or_else(|| Problem::not_found("rule"))?;
    let now = property.now(&*clock);
    let found = queries::preview(&mut tx, property, &rule.details, now).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let example = found.map(|(example, text)| UpsellExample {
        check_in: example.stay.arrival(),
        check_out: example.stay.departure(),
        adults: example.party.adults(),
        children: example.party.children(),
        pets: example.party.pets(),
        text,
    });
    Ok(web::Json(UpsellPreview { example }))
}

fn id(path: &str) -> Result<RuleId, Problem> {
    let id = path.parse::<Uuid>();
    id.map(RuleId::from).map_err(|_| Problem::not_found("rule"))
}
