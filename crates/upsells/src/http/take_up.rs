use actix_web::{get, web};
use chrono::{Days, NaiveDate};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, StaffAccess};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, MoneyView, Problem, ValidQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{TakeUp, queries};

/// How far back is looked when nothing is said.
const USUAL_DAYS: u64 = 30;
/// The most days.
const MOST_DAYS: i64 = 366;

/// Over which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawDays {
    /// The first date; thirty days ago when not said.
    from: Option<NaiveDate>,
    /// The last one, included; today when not said. At most a year later.
    until: Option<NaiveDate>,
}

impl Input for RawDays {
    type Raw = Self;

    fn parse(raw: Self) -> Result<Self, FieldErrors> {
        if let (Some(from), Some(until)) = (raw.from, raw.until)
            && !(0..MOST_DAYS).contains(&until.signed_duration_since(from).num_days())
        {
            return Err(FieldErrors::of(
                "until",
                "must lie within a year after from",
            ));
        }
        match (raw.from, raw.until) {
            (None, Some(_)) => Err(FieldErrors::of("from", "is missing")),
            _ => Ok(raw),
        }
    }
}

/// What became of what was offered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UpsellTakeUp {
    /// The first date.
    from: NaiveDate,
    /// The last one, included.
    until: NaiveDate,
    /// Each rule that was said on these dates.
    rules: Vec<UpsellRuleTakeUp>,
}

/// What became of what a rule offered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UpsellRuleTakeUp {
    /// The rule.
    rule: Uuid,
    /// How often guests have read it.
    shown: i64,
    /// How often they said yes.
    taken: i64,
    /// How often they said no. The rest passed it over.
    declined: i64,
    /// How often it became part of a booking.
    booked: i64,
    /// What it brought those bookings when it became part of them, tax included. One that is cancelled later still counts.
    revenue: MoneyView,
}

impl From<TakeUp> for UpsellRuleTakeUp {
    fn from(counted: TakeUp) -> Self {
        Self {
            rule: counted.rule.as_uuid(),
            shown: counted.shown,
            taken: counted.taken,
            declined: counted.declined,
            booked: counted.booked,
            revenue: counted.revenue.into(),
        }
    }
}

/// Shows how often each rule was said, taken and declined, and what it brought.
#[utoipa::path(
    tag = "upsells",
    operation_id = "upsell_take_up",
    params(RawDays),
    responses((status = 200, description = "The figures by rule", body = UpsellTakeUp))
)]
#[get("/upsell-take-up")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRates>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidQuery(days): ValidQuery<RawDays>,
) -> Result<web::Json<UpsellTakeUp>, Problem> {
    let property = &access.property;
    let today = property.today(&*clock);
    let until = days
        .until
        .unwrap_or_else(|| days.from.map_or(today, |from| today.max(from)));
    let from = days.from.unwrap_or(today - Days::new(USUAL_DAYS - 1));
    if (until - from).num_days() >= MOST_DAYS {
        return Err(Problem::invalid(
            "until",
            "must lie within a year after from",
        ));
    }
    let next = until.succ_opt().unwrap_or(until);
    let tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let counted = queries::take_up(&tx, property, from, next).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(UpsellTakeUp {
        from,
        until,
        rules: counted.into_iter().map(Into::into).collect(),
    }))
}
