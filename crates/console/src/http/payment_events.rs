use actix_web::{HttpRequest, HttpResponse, web};
use motel_billing::commands::{Attempt, try_payment_event};
use motel_billing::queries::{self, EventFilter};
use motel_billing::{EventState, PaymentEventId};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Entry, Page, Problem};

use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::present;
use crate::view::PaymentEventsPage;

const PAGE: &str = "/console/payment-events";

/// The most that are shown of those that failed, and of the others.
const MOST: i64 = 100;

/// What gateways told of payments, what failed first.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadFolios>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(&staff).await?;
    let failed = EventFilter {
        state: Some(EventState::Failed),
        ..EventFilter::default()
    };
    let failed = queries::payment_events(&mut office.tx, failed, None, MOST).await?;
    let mut others =
        queries::payment_events(&mut office.tx, EventFilter::default(), None, MOST).await?;
    others.retain(|event| event.state != EventState::Failed);
    let zone = office.property.timezone;
    let title = format!("Payment events · {}", office.property.name);
    Page::new(&request, Entry::Console, title).respond(&PaymentEventsPage {
        head: office.head(false),
        notice: news.word().and_then(present::notice),
        failed: present::payment_events(&failed, zone),
        others: present::payment_events(&others, zone),
    })
}

/// Tries one again.
pub(super) async fn replay(
    staff: StaffPage<may::WriteFolios>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let missing = |_| Problem::not_found("payment event");
    let id: PaymentEventId = path.parse().map_err(missing)?;
    let mut office = key.open(&staff).await?;
    let news = match try_payment_event(&mut office.tx, id).await? {
        Attempt::Taken(..) | Attempt::Before => "replayed",
        Attempt::Failed => "failed_again",
    };
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other(&format!("{PAGE}?news={news}")))
}
