use actix_web::{HttpRequest, HttpResponse, web};
use motel_onboarding::setup::{Step, mark_seen};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Entry, Page, Problem};

use super::super::installation::Installation;
use super::super::office::Key;
use super::Site;
use crate::view::ChannelPage;

/// The address of the business's own page, to be shown to guests.
pub(in super::super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    installation: web::Data<Installation>,
) -> Result<HttpResponse, Problem> {
    let site = Site::open(&key, &staff).await?;
    let title = format!("Where guests find you · {}", site.office.property.name);
    Page::new(&request, Entry::Console, title).respond(&ChannelPage {
        head: site.office.head(false),
        progress: site.progress(Step::Channel),
        address: format!("{}/t/{}", installation.public_url, site.tenant.slug),
        skippable: site.is_open(Step::Channel),
    })
}

/// Notes that it was seen.
pub(in super::super) async fn take(
    staff: StaffPage<may::WriteSettings>,
    key: Key,
) -> Result<HttpResponse, Problem> {
    let mut site = Site::open(&key, &staff).await?;
    mark_seen(&mut site.office.tx, Step::Channel, key.now()).await?;
    site.go_on(Step::Channel).await
}
