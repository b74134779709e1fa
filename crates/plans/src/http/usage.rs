use actix_web::{get, web};
use chrono::{DateTime, Datelike, Utc};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, StaffAccess};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{PlanDesk, Used, queries};

/// Which period is wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawPeriod {
    /// When it began: `period_start` of the subscription, or of a statement. The present one unless told.
    period_start: Option<DateTime<Utc>>,
}

/// The same, parsed.
pub(crate) struct WantedPeriod(Option<DateTime<Utc>>);

impl Input for WantedPeriod {
    type Raw = RawPeriod;

    fn parse(raw: RawPeriod) -> Result<Self, FieldErrors> {
        // The database knows fewer years than the calendar has.
        let is_known = |at: &DateTime<Utc>| (2000..3000).contains(&at.year());
        match raw.period_start {
            Some(at) if !is_known(&at) => Err(FieldErrors::of(
                "period_start",
                "must lie between 2000 and 2999",
            )),
            wanted => Ok(Self(wanted)),
        }
    }
}

/// What was used in a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodUsageView {
    /// When the period began.
    period_start: DateTime<Utc>,
    /// By meter and provider.
    usage: Vec<UsedView>,
}

/// How much was used, of one provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsedView {
    /// `messages`, `calls`, `minutes`, `sms` or `tokens`.
    meter: &'static str,
    /// Whose service it was.
    provider: String,
    /// How much.
    #[schema(minimum = 0)]
    quantity: i64,
}

impl From<Used> for UsedView {
    fn from(used: Used) -> Self {
        Self {
            meter: used.meter.as_str(),
            provider: used.provider,
            quantity: used.quantity,
        }
    }
}

/// Shows what was used in a period, by meter and provider.
#[utoipa::path(
    tag = "subscription",
    operation_id = "show_usage",
    params(RawPeriod),
    responses((status = 200, description = "What was used", body = PeriodUsageView))
)]
#[get("/usage")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadPlatformPlan>,
    db: web::Data<Db>,
    desk: web::Data<PlanDesk>,
    clock: CurrentClock,
    ValidQuery(WantedPeriod(wanted)): ValidQuery<WantedPeriod>,
) -> Result<web::Json<PeriodUsageView>, Problem> {
    let subscription = desk.keep_subscription(access.tenant, clock.now()).await?;
    let period_start = wanted.unwrap_or(subscription.period.start);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let used = queries::used_by_provider(&mut tx, period_start).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(PeriodUsageView {
        period_start,
        usage: used.into_iter().map(UsedView::from).collect(),
    }))
}
