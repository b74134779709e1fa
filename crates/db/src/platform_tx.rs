use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use motel_kernel::TenantId;

use crate::transaction::Transaction;
use crate::{Acting, Db, DbError, TenantTx};

/// A transaction across tenants, with a stated purpose that is logged. It works as a role of its own, which reaches
/// only tables whose migration says `motel_platform_access`.
#[must_use = "a transaction that is not committed is rolled back"]
pub struct PlatformTx(Transaction);

impl PlatformTx {
    pub(crate) async fn begin(db: &Db, purpose: &'static str) -> Result<Self, DbError> {
        Self::begin_with(db, purpose, "BEGIN; SET LOCAL ROLE motel_platform").await
    }

    pub(crate) async fn begin_redoable(db: &Db, purpose: &'static str) -> Result<Self, DbError> {
        let begin = "BEGIN; SET LOCAL ROLE motel_platform; SET LOCAL synchronous_commit = off";
        Self::begin_with(db, purpose, begin).await
    }

    async fn begin_with(db: &Db, purpose: &'static str, begin: &str) -> Result<Self, DbError> {
        tracing::debug!(purpose, "work across tenants begins");
        let begin = format!("{begin}{}", Acting::statement());
        Ok(Self(Transaction::begin(db, &begin).await?))
    }

    /// The connection to run a query on.
    pub fn conn(&mut self) -> &mut AsyncPgConnection {
        self.0.connection()
    }

    /// Goes on, in the same transaction, as one tenant: what was done across tenants and what is done for this one stand
    /// or fall together.
    pub async fn narrow_to(mut self, tenant: TenantId) -> Result<TenantTx, DbError> {
        // Only a typed UUID is ever put into this text.
        let narrow = format!(
            "SET LOCAL ROLE motel_app; SET LOCAL app.tenant_id = '{}'",
            tenant.as_uuid()
        );
        self.0.connection().batch_execute(&narrow).await?;
        Ok(TenantTx::continuing(self.0, tenant))
    }

    /// Deletes every row of a tenant, in whatever table, and commits. It works as a role of its own for that, which may do nothing else;
    /// no statement of it is ended for being slow.
    ///
    /// # Errors
    /// The database failed, or something in it still needs a row; nothing is deleted then.
    pub async fn purge(mut self, tenant: TenantId) -> Result<(), DbError> {
        // Only a typed UUID is ever put into this text.
        let purge = format!(
            "SET LOCAL ROLE motel_purge; SET LOCAL app.tenant_id = '{}'; SET LOCAL statement_timeout = 0; SELECT motel_purge_tenant()",
            tenant.as_uuid()
        );
        self.0.connection().batch_execute(&purge).await?;
        self.0.commit().await
    }

    /// Makes what was done here durable and visible.
    pub async fn commit(self) -> Result<(), DbError> {
        self.0.commit().await
    }
}
