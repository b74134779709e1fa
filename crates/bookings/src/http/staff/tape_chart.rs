use actix_web::{get, web};
use chrono::NaiveDate;
use motel_db::Db;
use motel_inventory::http::{BlockView, Nights, UnitView};
use motel_kernel::{BookingId, ReservationId, UnitGroupId, UnitId};
use motel_tenancy::http::{OneProperty, StaffAccess};
use motel_tenancy::may;
use motel_web::{Problem, ValidQuery};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ReservationStatus;
use crate::queries::{self, ChartedStay, TapeChart};

/// The rooms and who is in them on some nights.
#[derive(Debug, Serialize, ToSchema)]
pub struct TapeChartView {
    /// The first night shown.
    from: NaiveDate,
    /// The first night no more.
    to: NaiveDate,
    /// Every room by number.
    units: Vec<UnitView>,
    /// Every stay with a night among them; one that changed rooms is there once for each.
    stays: Vec<ChartedStayView>,
    /// Every block with a night among them.
    blocks: Vec<BlockView>,
}

/// A stay, or that part of one that is in one room.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChartedStayView {
    #[schema(value_type = Uuid)]
    reservation_id: ReservationId,
    #[schema(value_type = Uuid)]
    booking_id: BookingId,
    /// Who booked.
    booker: String,
    /// The room type that was sold.
    #[schema(value_type = Uuid)]
    unit_group_id: UnitGroupId,
    /// In which room; `null` while it waits for one.
    #[schema(value_type = Option<Uuid>, required)]
    unit_id: Option<UnitId>,
    /// The first night in this room.
    first_night: NaiveDate,
    /// The first night no more.
    until: NaiveDate,
    /// `held`, `confirmed`, `in_house` or `checked_out`.
    #[schema(value_type = String)]
    status: ReservationStatus,
    /// True when it is not moved to make room.
    pinned: bool,
}

impl From<ChartedStay> for ChartedStayView {
    fn from(stay: ChartedStay) -> Self {
        Self {
            reservation_id: stay.reservation,
            booking_id: stay.booking,
            booker: stay.booker.to_string(),
            unit_group_id: stay.unit_group,
            unit_id: stay.unit,
            first_night: stay.first_night,
            until: stay.until,
            status: stay.status,
            pinned: stay.pinned,
        }
    }
}

/// Shows rooms by nights, with stays and blocks.
#[utoipa::path(
    tag = "inventory",
    operation_id = "show_tape_chart",
    params(
        ("from" = chrono::NaiveDate, Query, description = "The first night"),
        ("to" = chrono::NaiveDate, Query, description = "The first night that is not wanted any more; at most 366 after `from`"),
    ),
    responses((status = 200, description = "The chart", body = TapeChartView))
)]
#[get("/tape-chart")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadReservations, OneProperty>,
    ValidQuery(Nights { from, to }): ValidQuery<Nights>,
    db: web::Data<Db>,
) -> Result<web::Json<TapeChartView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let chart = queries::tape_chart(&mut tx, access.property.id, from, to).await?;
    let TapeChart {
        units,
        stays,
        blocks,
    } = chart;
    Ok(web::Json(TapeChartView {
        from,
        to,
        units: units.into_iter().map(UnitView::from).collect(),
        stays: stays.into_iter().map(ChartedStayView::from).collect(),
        blocks: blocks.into_iter().map(BlockView::from).collect(),
    }))
}
