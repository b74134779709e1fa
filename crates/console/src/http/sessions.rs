use actix_web::{HttpRequest, HttpResponse, web};
use motel_kernel::SessionId;
use motel_tenancy::commands::{end_session, end_sessions_of};
use motel_tenancy::http::StaffPage;
use motel_tenancy::second_factor::remembered_devices;
use motel_tenancy::{may, queries};
use motel_web::{Entry, Page, Problem};

use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::present;
use crate::view::SessionsPage;

const PAGE: &str = "/console/sessions";

/// Where somebody is signed in.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let open = queries::sessions_of(&mut office.tx, staff.staff_id).await?;
    let devices = remembered_devices(&mut office.tx, staff.staff_id, key.now()).await?;
    let title = format!("Where you are signed in · {}", office.property.name);
    Page::new(&request, Entry::Console, title).respond(&SessionsPage {
        head: office.head(false),
        notice: news.word().and_then(present::notice),
        sessions: present::sessions(open, staff.id, office.property.timezone),
        devices: present::devices(devices, office.property.timezone),
    })
}

/// Signs them out on one device.
pub(super) async fn end(
    staff: StaffPage<may::BeKnown>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let missing = || Problem::not_found("session");
    let id: SessionId = path.parse().map_err(|_| missing())?;
    let mut office = key.open(&staff).await?;
    if !end_session(&mut office.tx, staff.staff_id, id).await? {
        return Err(missing());
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("signed_out_there"))
}

/// Signs them out everywhere else.
pub(super) async fn end_others(
    staff: StaffPage<may::BeKnown>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    end_sessions_of(&mut office.tx, staff.staff_id, Some(staff.id)).await?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("signed_out_elsewhere"))
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("{PAGE}?news={news}"))
}
