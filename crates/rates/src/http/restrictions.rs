use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson, ValidQuery,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::fields;
use super::names::Names;
use super::page::page;
use super::restriction_body::{
    RestrictionEditBody, RestrictionEditInput, RestrictionEditView, RestrictionView,
};
use crate::queries::restrictions_of;
use crate::{RestrictionScope, commands};

/// Which restrictions are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RestrictionsQuery {
    /// Only those on this date or later.
    from: Option<NaiveDate>,
    /// Only those before this date.
    until: Option<NaiveDate>,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct RestrictionsInput {
    from: NaiveDate,
    until: NaiveDate,
}

impl Input for RestrictionsInput {
    type Raw = RestrictionsQuery;

    fn parse(raw: RestrictionsQuery) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let (first, last) = fields::calendar();
        let from = fields::date("from", raw.from.unwrap_or(first), &mut errors);
        let until = fields::date("until", raw.until.unwrap_or(last), &mut errors);
        match (from, until) {
            (Some(from), Some(until)) => Ok(Self { from, until }),
            _ => Err(errors),
        }
    }
}

/// Lists restrictions by kind, scope and date.
#[utoipa::path(
    tag = "rates",
    operation_id = "list_restrictions",
    params(RestrictionsQuery, CursorParams),
    responses((status = 200, description = "A page of restrictions", body = CursorPage<RestrictionView>))
)]
#[get("/restrictions")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    query: CursorQuery,
    ValidQuery(wanted): ValidQuery<RestrictionsInput>,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<RestrictionView>>, Problem> {
    let property = access.property.id;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = restrictions_of(&tx, property, wanted.from, wanted.until).await?;
    let names = Names::of(&mut tx, property).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let spans = found.iter().flat_map(|restrictions| {
        let spans = restrictions.calendar.spans().iter();
        spans.map(move |span| (restrictions.kind, restrictions.scope, *span))
    });
    let page = page(spans.collect(), &query, |(kind, scope, span)| {
        (*kind, scope.unit_group, scope.rate_plan, span.from)
    })?;
    Ok(web::Json(page.map(|(kind, scope, span)| {
        RestrictionView::new(kind, scope, span, &names)
    })))
}

/// Edits restrictions on a range of nights. A dry run shows what is said of each night and would be said.
#[utoipa::path(
    tag = "rates",
    operation_id = "edit_restrictions",
    params(WriteParams),
    request_body = RestrictionEditBody,
    responses((status = 200, description = "What it changed, or would change on a dry run", body = RestrictionEditView))
)]
#[post("/restrictions")]
pub(crate) async fn edit(
    write: StaffWrite<may::WriteRates>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<RestrictionEditInput>,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let names = Names::of(tx, property).await?;
            let body = &input.body;
            let group = body.unit_group.as_deref();
            let plan = body.rate_plan.as_deref();
            let scope = RestrictionScope {
                unit_group: group
                    .map(|code| names.group("unit_group", code))
                    .transpose()?,
                rate_plan: plan.map(|code| names.plan("rate_plan", code)).transpose()?,
            };
            let (range, edits) = (input.range, &input.edits);
            let edited = commands::edit_restrictions(tx, property, scope, range, edits).await?;
            Ok(Answer::ok(RestrictionEditView::from(edited)))
        })
        .await
}
