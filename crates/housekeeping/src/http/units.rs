use actix_web::{get, web};
use motel_db::Db;
use motel_inventory::UnitCondition;
use motel_kernel::{UnitGroupId, UnitId};
use motel_tenancy::http::{CurrentClock, OneProperty, StaffAccess};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{UnitToday, queries};

/// A unit as housekeeping sees it today.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitTodayView {
    /// Which unit.
    #[schema(value_type = Uuid)]
    unit_id: UnitId,
    /// What is written on its door.
    number: String,
    /// The storey.
    floor: i16,
    /// The group it is sold as.
    #[schema(value_type = Uuid)]
    unit_group_id: UnitGroupId,
    /// `clean`, `dirty` or `inspected`.
    #[schema(value_type = String)]
    condition: UnitCondition,
    /// A guest is in it now.
    occupied: bool,
    /// Somebody is to arrive in it today.
    arriving: bool,
    /// Its guest is to leave today, or has.
    departing: bool,
    /// How many of today's tasks are not done.
    unfinished_tasks: u32,
}

impl UnitTodayView {
    fn new(today: UnitToday) -> Self {
        Self {
            unit_id: today.unit.id,
            number: today.unit.number,
            floor: today.unit.floor,
            unit_group_id: today.unit.unit_group_id,
            condition: today.unit.condition,
            occupied: today.occupied,
            arriving: today.arriving,
            departing: today.departing,
            unfinished_tasks: today.unfinished,
        }
    }
}

/// Lists the units by number: their condition, and who is in them or comes and goes today.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "list_housekeeping_units",
    params(CursorParams),
    responses((status = 200, description = "A page of units", body = CursorPage<UnitTodayView>))
)]
#[get("/housekeeping/units")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadHousekeeping, OneProperty>,
    page: CursorQuery,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<CursorPage<UnitTodayView>>, Problem> {
    let after: Option<String> = page.after()?;
    let today = access.property.today(&*clock);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let units = queries::units_today(&mut tx, access.property.id, today).await?;
    tx.commit().await.map_err(Problem::internal)?;
    // A house has some hundred units at most, and they are read in the order of their numbers.
    let wanted = usize::try_from(page.fetch()).map_err(Problem::internal)?;
    let passed = units
        .iter()
        .position(|today| Some(&today.unit.number) == after.as_ref())
        .map_or(0, |last| last + 1);
    let rest = units.into_iter().skip(passed).take(wanted).collect();
    let page = CursorPage::cut(rest, &page, |today: &UnitToday| today.unit.number.clone())?;
    Ok(web::Json(page.map(UnitTodayView::new)))
}
