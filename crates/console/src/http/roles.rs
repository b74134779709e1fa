use actix_web::{HttpRequest, HttpResponse, web};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, may, roles};
use motel_web::{Entry, Page, Problem};

use super::booking::News;
use super::office::Key;
use crate::present;
use crate::view::RolesPage;

/// Who may do what.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::BeKnown>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let own = roles::own_roles(&mut office.tx).await?;
    let all = present::all_roles(&own);
    let makes = staff.may(Permission::WriteTeam) && !staff.reach.is_limited();
    let title = format!("Roles · {}", office.property.name);
    Page::new(&request, Entry::Console, title).respond(&RolesPage {
        head: office.head(false),
        notice: news.word().and_then(present::notice),
        roles: all.iter().map(|role| role.title.clone()).collect(),
        permissions: present::permissions(&all),
        own: match makes {
            true => present::own_roles(&own),
            false => Vec::new(),
        },
        copied: match makes {
            true => present::role_choices(&all),
            false => Vec::new(),
        },
    })
}
