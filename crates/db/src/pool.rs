use std::sync::Arc;
use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures::FutureExt;
use futures::future::BoxFuture;
use motel_kernel::TenantId;
use secrecy::{ExposeSecret, SecretString};

use crate::{DbError, Listener, PlatformTx, TenantTx};

pub(crate) type Manager = AsyncDieselConnectionManager<AsyncPgConnection>;
pub(crate) type Connection = bb8::PooledConnection<'static, Manager>;

/// How long a caller waits for a free connection before it is told that the database is unavailable.
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(20);

/// Every connection works as a role that owns nothing and is subject to row-level security, and no statement or
/// forgotten transaction of it may last for ever.
const SESSION: &str = "SET ROLE motel_app; \
     SET statement_timeout = '15s'; \
     SET lock_timeout = '10s'; \
     SET idle_in_transaction_session_timeout = '30s'";

/// The way to the database. Cheap to clone; all clones share one pool.
#[derive(Clone)]
pub struct Db {
    pool: bb8::Pool<Manager>,
    most_connections: u32,
    url: Arc<SecretString>,
}

impl Db {
    /// Opens a pool of at most `size` connections. The first connection is made now, so that a wrong address or a
    /// missing role shows at start and not at the first guest.
    pub async fn connect(url: &SecretString, size: u32) -> Result<Self, DbError> {
        let mut config = ManagerConfig::default();
        config.custom_setup = Box::new(establish);
        let manager = Manager::new_with_config(url.expose_secret(), config);
        // Asking the server before each check-out costs a round trip; `Db::begin` retries a dead connection instead.
        let pool = bb8::Pool::builder()
            .max_size(size)
            .connection_timeout(WAIT_FOR_CONNECTION)
            .test_on_check_out(false)
            .build(manager)
            .await
            .map_err(|error| DbError::Pool(Box::new(error)))?;
        Ok(Self {
            pool,
            most_connections: size,
            url: Arc::new(url.clone()),
        })
    }

    /// Begins a transaction on behalf of one tenant; it sees and touches no other tenant's rows.
    pub async fn tenant(&self, tenant: TenantId) -> Result<TenantTx, DbError> {
        TenantTx::begin(self, tenant).await
    }

    /// Begins a transaction across tenants, for `purpose` (a few words for the log). It can reach only the tables
    /// whose migration opened them to the platform.
    pub async fn platform(&self, purpose: &'static str) -> Result<PlatformTx, DbError> {
        PlatformTx::begin(self, purpose).await
    }

    /// Like [`Db::platform`], for bookkeeping that would only be done again if a crash lost it: its commit does not wait for
    /// the disk. It is lost whole or not at all, and what later transactions make durable is not lost before it.
    pub async fn redoable(&self, purpose: &'static str) -> Result<PlatformTx, DbError> {
        PlatformTx::begin_redoable(self, purpose).await
    }

    /// True when less than a quarter of the connections is free: what can wait should leave them to those who wait.
    pub fn is_busy(&self) -> bool {
        let state = self.pool.state();
        let used = state.connections - state.idle_connections.min(state.connections);
        4 * used > 3 * self.most_connections
    }

    /// Listens to a notification channel on a connection of its own.
    pub async fn listen(&self, channel: &'static str) -> Result<Listener, DbError> {
        Listener::open(self.url.expose_secret(), channel).await
    }

    pub(crate) async fn connection(&self) -> Result<Connection, DbError> {
        self.pool
            .get_owned()
            .await
            .map_err(|error| DbError::Pool(Box::new(error)))
    }

    /// How many dead connections may have to be thrown away before a live one turns up.
    pub(crate) fn most_dead_connections(&self) -> u32 {
        self.pool.state().connections
    }
}

fn establish(url: &str) -> BoxFuture<'_, ConnectionResult<AsyncPgConnection>> {
    async move {
        let mut connection = AsyncPgConnection::establish(url).await?;
        connection
            .batch_execute(SESSION)
            .await
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(connection)
    }
    .boxed()
}
