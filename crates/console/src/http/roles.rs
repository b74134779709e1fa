use actix_web::{HttpRequest, HttpResponse};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Role, may};
use motel_web::{Entry, Page, Problem};

use super::office::Key;
use crate::present;
use crate::view::RolesPage;

/// Who may do what.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let office = key.open(&staff).await?;
    let title = format!("Roles · {}", office.property.name);
    Page::new(&request, Entry::Console, title).respond(&RolesPage {
        head: office.head(false),
        roles: Role::ALL.iter().map(|role| role.title()).collect(),
        permissions: present::permissions(),
    })
}
