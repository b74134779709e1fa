use actix_web::{get, web};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, StaffAccess};
use motel_tenancy::may;
use motel_web::{MoneyView, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{GiftCardState, LiabilityRow, queries};

/// What is owed on gift cards.
#[derive(Debug, Serialize, ToSchema)]
pub struct LiabilityView {
    /// The cards by what can be done with them.
    rows: Vec<LiabilityRowView>,
    /// What is on all of them.
    total: MoneyView,
    /// What the account `gift_cards` of the ledger says: the same.
    ledger: MoneyView,
}

/// The gift cards of one state.
#[derive(Debug, Serialize, ToSchema)]
pub struct LiabilityRowView {
    /// `active`, `spent`, `expired` or `void`.
    #[schema(value_type = String)]
    state: GiftCardState,
    /// How many.
    cards: i64,
    /// What is on them.
    balance: MoneyView,
}

impl From<LiabilityRow> for LiabilityRowView {
    fn from(row: LiabilityRow) -> Self {
        Self {
            state: row.state,
            cards: row.cards,
            balance: row.balance.into(),
        }
    }
}

/// Shows what is owed on gift cards at this moment, by their state, and what the ledger says of it.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "show_gift_card_liability",
    responses((status = 200, description = "What is owed", body = LiabilityView))
)]
#[get("/gift-card-liability")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadReports>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<LiabilityView>, Problem> {
    let property = &access.property;
    let now = property.now(&*clock);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let owed = queries::liability(&mut tx, property.id, property.currency, now).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(LiabilityView {
        rows: owed.rows.into_iter().map(Into::into).collect(),
        total: owed.total.into(),
        ledger: owed.ledger.into(),
    }))
}
