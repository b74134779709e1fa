use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use futures::stream;
use motel_jobs::{EventFeed, Notice};
use motel_kernel::TenantId;
use motel_tenancy::http::StaffFragment;
use motel_tenancy::may;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout};

/// Often enough that nothing between us and the browser thinks the line is dead.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// The browser then asks again by itself, and whoever has signed out meanwhile is told so.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// `GET /console/events`: the kinds of what happens at the tenant, as server-sent events named `news`. They are hints to
/// look again, without content.
pub(super) async fn events(
    staff: StaffFragment<may::ReadReservations>,
    feed: web::Data<EventFeed>,
) -> HttpResponse {
    let line = Line {
        notices: feed.subscribe(),
        tenant: staff.tenant,
        until: Instant::now() + LONGEST,
        begun: false,
    };
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        // Compressing would hold the news back.
        .insert_header((CONTENT_ENCODING, "identity"))
        .streaming(stream::unfold(line, next))
}

struct Line {
    notices: Receiver<Notice>,
    tenant: TenantId,
    until: Instant,
    begun: bool,
}

async fn next(mut line: Line) -> Option<(Result<Bytes, actix_web::Error>, Line)> {
    if Instant::now() >= line.until {
        return None;
    }
    let text = if line.begun {
        line.hear().await?
    } else {
        "retry: 2000\n\n".to_owned()
    };
    line.begun = true;
    Some((Ok(Bytes::from(text)), line))
}

impl Line {
    /// The next thing to send; `None` when the server closes.
    async fn hear(&mut self) -> Option<String> {
        let quiet_until = Instant::now() + HEARTBEAT;
        loop {
            let rest = quiet_until.saturating_duration_since(Instant::now());
            match timeout(rest, self.notices.recv()).await {
                Err(_) => return Some(":\n\n".to_owned()),
                Ok(Ok(notice)) if notice.tenant == self.tenant => return Some(news(&notice.kind)),
                Ok(Ok(_)) => {}
                Ok(Err(RecvError::Lagged(_))) => return Some(news("missed")),
                Ok(Err(RecvError::Closed)) => return None,
            }
        }
    }
}

fn news(kind: &str) -> String {
    format!("event: news\ndata: {kind}\n\n")
}
