use std::sync::Arc;
use std::time::Duration;

use motel_db::{Db, Listener};
use motel_kernel::TenantId;
use tokio::sync::broadcast;
use tokio::task::AbortHandle;

use crate::JobsError;
use crate::event::CHANNEL;

/// How many notices a slow receiver may fall behind before it misses some.
const BACKLOG: usize = 256;

/// How long to wait before listening again after the connection was lost.
const BEFORE_RECONNECT: Duration = Duration::from_secs(1);

/// Word that something was just published and committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whom it happened to.
    pub tenant: TenantId,
    /// What happened: the event's `KIND`.
    pub kind: Arc<str>,
}

/// What happens, live, to any number of receivers over one database connection. Cheap to clone; the connection closes
/// with the last clone.
///
/// A notice says that it is worth looking, not what there is to see: notices are lost while the connection is down.
#[derive(Clone)]
pub struct EventFeed {
    notices: broadcast::Sender<Notice>,
    _listening: Arc<Listening>,
}

struct Listening(AbortHandle);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl EventFeed {
    /// Starts to listen; what is committed after this returns is heard.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn connect(db: &Db) -> Result<Self, JobsError> {
        let listener = db.listen(CHANNEL).await?;
        let (notices, _) = broadcast::channel(BACKLOG);
        let task = tokio::spawn(listen(db.clone(), listener, notices.clone()));
        Ok(Self {
            notices,
            _listening: Arc::new(Listening(task.abort_handle())),
        })
    }

    /// A receiver of every notice from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.notices.subscribe()
    }
}

async fn listen(db: Db, mut listener: Listener, notices: broadcast::Sender<Notice>) {
    loop {
        while let Some(text) = listener.next().await {
            if let Some(notice) = parse(&text) {
                // An error only says that nobody listens at the moment.
                let _ = notices.send(notice);
            }
        }
        tracing::warn!("the connection that hears of events was lost");
        listener = reconnect(&db).await;
    }
}

async fn reconnect(db: &Db) -> Listener {
    loop {
        tokio::time::sleep(BEFORE_RECONNECT).await;
        match db.listen(CHANNEL).await {
            Ok(listener) => return listener,
            Err(error) => tracing::warn!(%error, "still cannot listen for events"),
        }
    }
}

fn parse(text: &str) -> Option<Notice> {
    let (tenant, kind) = text.split_once(' ')?;
    Some(Notice {
        tenant: tenant.parse().ok()?,
        kind: kind.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_a_tenant_and_a_kind() {
        let tenant = TenantId::new();
        let kind = "booking.confirmed".into();
        assert_eq!(
            parse(&format!("{tenant} booking.confirmed")),
            Some(Notice { tenant, kind })
        );
        assert_eq!(parse("x booking.confirmed"), None);
        assert_eq!(parse(""), None);
    }
}
