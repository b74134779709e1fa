use actix_web::{get, web};
use chrono::NaiveDate;
use motel_db::Db;
use motel_kernel::UnitGroupId;
use motel_tenancy::http::{OneProperty, StaffAccess};
use motel_tenancy::may;
use motel_web::{Problem, ValidQuery};
use serde::Serialize;
use utoipa::ToSchema;

use super::input::{Nights, RawNights};
use crate::queries::{self, NightCount};

/// How one night of a room type stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterView {
    /// The room type.
    #[schema(value_type = Uuid)]
    unit_group_id: UnitGroupId,
    /// Its code.
    unit_group: String,
    /// The night, by the date it begins on.
    night: NaiveDate,
    /// Rooms that can be sold, those sold among them; rooms out of order are not.
    capacity: i32,
    /// Rooms that are sold or held.
    sold: i32,
    /// Rooms out of order.
    out_of_order: i64,
    /// Rooms that are left.
    left: i32,
}

impl From<NightCount> for CounterView {
    fn from(count: NightCount) -> Self {
        Self {
            unit_group_id: count.unit_group,
            unit_group: count.code,
            night: count.night,
            capacity: count.capacity,
            sold: count.sold,
            out_of_order: count.out_of_order,
            left: count.capacity - count.sold,
        }
    }
}

/// Shows how each night of each room type stands, in the order the room types are shown. Nights that are not open for
/// sale are missing.
#[utoipa::path(
    tag = "inventory",
    operation_id = "list_availability_counters",
    params(RawNights),
    responses((status = 200, description = "The counters", body = Vec<CounterView>))
)]
#[get("/availability-counters")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRooms, OneProperty>,
    ValidQuery(nights): ValidQuery<Nights>,
    db: web::Data<Db>,
) -> Result<web::Json<Vec<CounterView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let property = access.property.id;
    let found = queries::night_counts(&mut tx, property, nights.from, nights.to).await?;
    Ok(web::Json(
        found.into_iter().map(CounterView::from).collect(),
    ))
}
