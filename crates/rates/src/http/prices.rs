use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use motel_db::{Db, TenantTx};
use motel_kernel::Money;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, MoneyView, Problem, ValidJson,
    ValidQuery,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::fields;
use super::names::Names;
use super::page::page;
use super::price_body::{PriceEditBody, PriceEditInput, PriceEditView};
use super::rate_plans::id;
use crate::{NightRange, RatesError, Weekdays, commands, queries, standard_price};

/// The most prices one edit shows, and so changes.
const MOST_PRICES: usize = 10_000;
/// The most nights one list shows.
const MOST_NIGHTS: i64 = 400;

/// Which prices are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PricesQuery {
    /// The first night, of the years 2000 to 2199.
    from: NaiveDate,
    /// The first night no more; at most 400 nights later.
    until: NaiveDate,
    /// The code of the only room type; every one when left out.
    #[param(max_length = 40)]
    unit_group: Option<String>,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct PricesInput {
    range: NightRange,
    unit_group: Option<String>,
}

/// What a night costs under a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatePlanPriceView {
    /// The code of the room type.
    unit_group: String,
    /// The night.
    night: NaiveDate,
    /// The plan's own base price; a derived plan has none.
    base: Option<MoneyView>,
    /// What the night costs for the standard occupancy, with season, weekday and derivation; `null` when it is not for sale.
    price: Option<MoneyView>,
}

impl Input for PricesInput {
    type Raw = PricesQuery;

    fn parse(raw: PricesQuery) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let from = fields::date("from", raw.from, &mut errors);
        let until = fields::date("until", raw.until, &mut errors);
        if let (Some(from), Some(until)) = (from, until)
            && (until - from).num_days() > MOST_NIGHTS
        {
            errors.push("until", "must be at most 400 nights later");
        }
        let range = NightRange::new(raw.from, raw.until, Weekdays::ALL);
        let range = errors.check("until", range);
        errors.clone().into_result()?;
        let range = range.ok_or(errors)?;
        Ok(Self {
            range,
            unit_group: raw.unit_group.filter(|code| !code.is_empty()),
        })
    }
}

fn too_large(error: RatesError) -> Problem {
    match error {
        RatesError::Money(_) => Problem::invalid("edit", "makes a price too large"),
        other => other.into(),
    }
}

/// What each night costs under a rate plan, by room type and night.
#[utoipa::path(
    tag = "rates",
    operation_id = "list_rate_plan_prices",
    params(("id" = Uuid, Path, description = "Which rate plan"), PricesQuery, CursorParams),
    responses((status = 200, description = "A page of nights", body = CursorPage<RatePlanPriceView>))
)]
#[get("/rate-plans/{id}/prices")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    path: web::Path<String>,
    query: CursorQuery,
    ValidQuery(wanted): ValidQuery<PricesInput>,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<RatePlanPriceView>>, Problem> {
    let id = id(&path)?;
    let (property, range) = (&access.property, wanted.range);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let plan = queries::rate_plan(&mut tx, property.id, id).await?;
    let plan = plan.ok_or_else(|| Problem::not_found("rate plan"))?;
    let names = Names::of(&mut tx, property.id).await?;
    let table = queries::pricing_table(&tx, property, range.from(), range.until()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let groups = match &wanted.unit_group {
        Some(code) => vec![names.group("unit_group", code)?],
        None => names.groups(),
    };
    let nights = range
        .nights()
        .flat_map(|night| groups.iter().map(move |group| (night, *group)));
    let page = page(nights.collect(), &query, |night| *night)?;
    let mut shown = Vec::with_capacity(page.data.len());
    for (night, group) in page.data {
        let base = table.base_price(plan.id, group, night);
        let price = standard_price(&table, plan.id, group, night).map_err(RatesError::from)?;
        shown.push(RatePlanPriceView {
            unit_group: names.group_code(group),
            night,
            base: base.map(|minor| Money::new(minor, property.currency).into()),
            price: price.map(MoneyView::from),
        });
    }
    Ok(web::Json(CursorPage {
        data: shown,
        next_cursor: page.next_cursor,
    }))
}

/// Edits the base prices of a rate plan on a range of nights. A dry run shows what each night costs and would cost.
#[utoipa::path(
    tag = "rates",
    operation_id = "edit_rate_plan_prices",
    params(("id" = Uuid, Path, description = "Which rate plan"), WriteParams),
    request_body = PriceEditBody,
    responses(
        (status = 200, description = "What it changed, or would change on a dry run", body = PriceEditView),
        (status = 409, description = "`derived_prices`: the plan is derived from another one"),
    )
)]
#[post("/rate-plans/{id}/prices")]
pub(crate) async fn edit(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<PriceEditInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let property = &write.property;
            let plan = queries::rate_plan(tx, property.id, id).await?;
            let plan = plan.ok_or_else(|| Problem::not_found("rate plan"))?;
            let names = Names::of(tx, property.id).await?;
            let groups = match input.body.unit_groups.as_slice() {
                [] => names.groups(),
                codes => {
                    let groups = codes.iter().map(|code| names.group("unit_groups", code));
                    groups.collect::<Result<_, _>>()?
                }
            };
            if groups.len() * input.range.nights().count() > MOST_PRICES {
                return Err(Problem::invalid(
                    "until",
                    "at most 10,000 prices can be edited at once",
                ));
            }
            let edited = commands::edit_prices(tx, &plan, &groups, input.range, input.edit);
            let edited = edited.await.map_err(too_large)?;
            Ok(Answer::ok(PriceEditView::new(
                edited,
                property.currency,
                &names,
            )))
        })
        .await
}
