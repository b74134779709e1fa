use actix_web::{HttpResponse, get, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::BasisPoints;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Deposit, commands, queries};

/// What guests pay beforehand, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDepositPolicy {
    /// `none` where everything is due at once, `share` or `first_night`.
    #[schema(pattern = "^(none|share|first_night)$")]
    deposit: String,
    /// Of the price, with `share` and only with it: 3,000 is 30 %.
    #[schema(minimum = 0, maximum = 10000)]
    share_basis_points: Option<u32>,
    /// How many days before the day of arrival the rest is due; 0 where nobody says.
    #[schema(minimum = 0, maximum = 365)]
    rest_due_days: Option<u32>,
}

/// The same, parsed.
pub(crate) struct DepositPolicyInput(Deposit);

impl Input for DepositPolicyInput {
    type Raw = RawDepositPolicy;

    fn parse(raw: RawDepositPolicy) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let days = u16::try_from(raw.rest_due_days.unwrap_or_default());
        let days = days.ok().filter(|days| *days <= 365);
        let days = errors.check("rest_due_days", days.ok_or("must lie between 0 and 365"));
        let share = errors.check("share_basis_points", share(&raw));
        let deposit = match (raw.deposit.as_str(), share, days) {
            ("none", _, _) => Some(Deposit::Whole),
            ("share", Some(Some(share)), Some(rest_due_days)) => Some(Deposit::Share {
                share,
                rest_due_days,
            }),
            ("first_night", _, Some(rest_due_days)) => Some(Deposit::FirstNight { rest_due_days }),
            ("share" | "first_night", _, _) => None,
            _ => {
                errors.push("deposit", "must be none, share or first_night");
                None
            }
        };
        errors.into_result()?;
        deposit.map(Self).ok_or_else(FieldErrors::new)
    }
}

fn share(raw: &RawDepositPolicy) -> Result<Option<BasisPoints>, &'static str> {
    match (raw.deposit == "share", raw.share_basis_points) {
        (true, Some(points)) if points <= BasisPoints::WHOLE => BasisPoints::new(points)
            .map(Some)
            .map_err(|_| "must lie between 0 and 10000"),
        (true, Some(_)) => Err("must lie between 0 and 10000"),
        (true, None) => Err("is needed with a share"),
        (false, Some(_)) => Err("goes with a share only"),
        (false, None) => Ok(None),
    }
}

/// What guests pay beforehand who book from now on.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepositPolicyView {
    /// `none` where everything is due at once, `share` or `first_night`.
    #[schema(value_type = String)]
    deposit: &'static str,
    /// Of the price, where it is a share.
    #[schema(required)]
    share_basis_points: Option<i32>,
    /// How many days before the day of arrival the rest is due.
    rest_due_days: u16,
}

impl From<Deposit> for DepositPolicyView {
    fn from(deposit: Deposit) -> Self {
        let (deposit, share_basis_points, rest_due_days) = match deposit {
            Deposit::Whole => ("none", None, 0),
            Deposit::Share {
                share,
                rest_due_days,
            } => ("share", Some(share.value()), rest_due_days),
            Deposit::FirstNight { rest_due_days } => ("first_night", None, rest_due_days),
        };
        Self {
            deposit,
            share_basis_points,
            rest_due_days,
        }
    }
}

/// Shows what guests pay beforehand.
#[utoipa::path(
    tag = "payments",
    operation_id = "show_deposit_policy",
    responses((status = 200, description = "The policy", body = DepositPolicyView))
)]
#[get("/deposit-policy")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    db: web::Data<Db>,
) -> Result<web::Json<DepositPolicyView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let deposit = queries::deposit_policy(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(deposit.into()))
}

/// Says what guests pay beforehand who book from now on. Who has booked keeps what they agreed to.
#[utoipa::path(
    tag = "payments",
    operation_id = "put_deposit_policy",
    params(WriteParams),
    request_body = RawDepositPolicy,
    responses((status = 200, description = "The policy as it is now", body = DepositPolicyView))
)]
#[put("/deposit-policy")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteSettings>,
    db: web::Data<Db>,
    ValidJson(DepositPolicyInput(deposit)): ValidJson<DepositPolicyInput>,
) -> Result<HttpResponse, Problem> {
    let view = DepositPolicyView::from(deposit);
    write
        .run(&db, &view, async |tx: &mut TenantTx| {
            commands::put_deposit_policy(tx, write.property.id, deposit).await?;
            Ok(Answer::ok(DepositPolicyView::from(deposit)))
        })
        .await
}
