use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::SimpleAsyncConnection;
use motel_kernel::TenantId;
use tokio::task::AbortHandle;

use crate::{Db, DbError, Listener};

/// The channel of the triggers that `motel_tell_changes` makes.
const CHANNEL: &str = "motel_changes";

/// How often the database is asked to say that the line is open.
const BETWEEN_BEATS: Duration = Duration::from_millis(500);

/// How long the line may be silent before nothing in memory is believed.
const LONGEST_SILENCE: TimeDelta = TimeDelta::seconds(3);

/// How long to wait before listening again after the connection was lost.
const BEFORE_RECONNECT: Duration = Duration::from_millis(500);

/// Tenants share this many places to count changes in. Two that share one forget together, which is safe.
const PLACES: usize = 1 << 14;

/// What kind of rows changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// How many units are left on which night.
    Nights,
    /// What is sold and at what price: groups, units, plans, prices, restrictions, taxes.
    Offers,
    /// Who a tenant is and the rules it runs by.
    Tenants,
}

/// Word of every committed change of the tables that tell theirs, so that what was read from them can be kept in memory for
/// as long as it is true. Cheap to clone; the connection closes with the last clone.
///
/// Notifications arrive in the order of the commits. Twice a second this sends one to itself: once it is back, every change
/// committed before it was sent has been heard. That moment is [`Changes::as_of`]; when it lies more than three seconds back,
/// or the connection is lost, nothing is believed until the line is open again.
#[derive(Clone)]
pub struct Changes {
    heard: Arc<Heard>,
    _listening: Option<Arc<Listening>>,
}

/// When something was about to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    line: u64,
    count: u32,
}

struct Heard {
    /// Goes up whenever the line is lost or opened: what was read before may have changed unheard.
    line: AtomicU64,
    /// When the last beat that came back was sent, in milliseconds since 1970; 0 when there is none on this line.
    beat: AtomicI64,
    counts: Vec<[AtomicU32; 3]>,
}

struct Listening([AbortHandle; 2]);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.iter().for_each(AbortHandle::abort);
    }
}

impl Changes {
    /// Starts to listen; whatever is committed after this returns is heard.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn listen(db: &Db) -> Result<Self, DbError> {
        let listener = db.listen(CHANNEL).await?;
        let heard = Arc::new(Heard::new());
        // Beats of other processes are not ours: their clocks may differ.
        let own = TenantId::new().to_string();
        let hearing = tokio::spawn(hear(db.clone(), listener, heard.clone(), own.clone()));
        let beating = tokio::spawn(beat(db.clone(), own));
        let handles = [hearing.abort_handle(), beating.abort_handle()];
        Ok(Self {
            heard,
            _listening: Some(Arc::new(Listening(handles))),
        })
    }

    /// Hears nothing, so nothing is ever believed.
    pub fn deaf() -> Self {
        Self {
            heard: Arc::new(Heard::new()),
            _listening: None,
        }
    }

    /// Every change committed before this moment was heard; `None` when too little is known to say.
    pub fn as_of(&self) -> Option<DateTime<Utc>> {
        let beat = self.heard.beat.load(Ordering::Acquire);
        let at = DateTime::from_timestamp_millis(beat).filter(|_| beat != 0)?;
        (Utc::now() - at < LONGEST_SILENCE).then_some(at)
    }

    /// To be taken before reading what may be kept.
    pub fn mark(&self, tenant: TenantId, topic: Topic) -> Mark {
        Mark {
            line: self.heard.line.load(Ordering::Acquire),
            count: self.heard.count(tenant, topic).load(Ordering::Acquire),
        }
    }

    /// True when no change was heard since the mark was taken.
    pub fn none_since(&self, mark: Mark, tenant: TenantId, topic: Topic) -> bool {
        self.mark(tenant, topic) == mark
    }
}

impl Heard {
    fn new() -> Self {
        Self {
            line: AtomicU64::new(0),
            beat: AtomicI64::new(0),
            counts: (0..PLACES).map(|_| Default::default()).collect(),
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "the remainder is a place, and a topic one of three"
    )]
    fn count(&self, tenant: TenantId, topic: Topic) -> &AtomicU32 {
        let mut hasher = DefaultHasher::new();
        tenant.hash(&mut hasher);
        let place = usize::try_from(hasher.finish() % PLACES as u64).unwrap_or_default();
        &self.counts[place][topic as usize]
    }

    fn lose_the_line(&self) {
        self.beat.store(0, Ordering::Release);
        self.line.fetch_add(1, Ordering::AcqRel);
    }

    fn understand(&self, notice: &str, own: &str) {
        let Some((topic, rest)) = notice.split_once(' ') else {
            return;
        };
        let topic = match topic {
            "nights" => Topic::Nights,
            "offers" => Topic::Offers,
            "tenants" => Topic::Tenants,
            "beat" => {
                let sent = rest
                    .strip_prefix(own)
                    .and_then(|sent| sent.trim().parse().ok());
                if let Some(sent) = sent {
                    self.beat.store(sent, Ordering::Release);
                }
                return;
            }
            _ => return,
        };
        if let Ok(tenant) = rest.parse() {
            self.count(tenant, topic).fetch_add(1, Ordering::AcqRel);
        } else {
            self.line.fetch_add(1, Ordering::AcqRel);
        }
    }
}

async fn hear(db: Db, mut listener: Listener, heard: Arc<Heard>, own: String) {
    loop {
        while let Some(notice) = listener.next().await {
            heard.understand(&notice, &own);
        }
        heard.lose_the_line();
        tracing::warn!("the connection that hears of changes was lost; searches read the database");
        listener = loop {
            tokio::time::sleep(BEFORE_RECONNECT).await;
            match db.listen(CHANNEL).await {
                Ok(listener) => break listener,
                Err(error) => tracing::warn!(%error, "still cannot listen for changes"),
            }
        };
        heard.lose_the_line();
    }
}

async fn beat(db: Db, own: String) {
    loop {
        if let Err(error) = send_beat(&db, &own).await {
            tracing::debug!(%error, "a beat could not be sent");
        }
        tokio::time::sleep(BETWEEN_BEATS).await;
    }
}

async fn send_beat(db: &Db, own: &str) -> Result<(), DbError> {
    let mut tx = db.redoable("keep hearing of changes").await?;
    // Taken before it is sent: what is committed until then comes before it.
    let sent = Utc::now().timestamp_millis();
    let notify = format!("SELECT pg_notify('{CHANNEL}', 'beat {own} {sent}')");
    tx.conn().batch_execute(&notify).await?;
    tx.commit().await
}
