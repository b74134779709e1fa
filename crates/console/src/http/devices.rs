use actix_web::{HttpResponse, web};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_tenancy::second_factor::{RememberedDeviceId, forget_device};
use motel_web::Problem;

use super::office::Key;
use super::see_other;

/// Forgets one of their devices: signing in there takes a code again.
pub(super) async fn forget(
    staff: StaffPage<may::BeKnown>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let missing = || Problem::not_found("device");
    let id: RememberedDeviceId = path.parse().map_err(|_| missing())?;
    let now = key.now();
    let mut office = key.open(&staff).await?;
    if !forget_device(&mut office.tx, staff.staff_id, id, now).await? {
        return Err(missing());
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other("/console/sessions?news=device_forgotten"))
}
