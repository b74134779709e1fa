use diesel_async::AsyncPgConnection;
use motel_kernel::TenantId;

use crate::transaction::Transaction;
use crate::{Acting, Db, DbError};

/// A transaction that already carries its tenant. Whoever holds one may query; there is no other way to.
///
/// PostgreSQL shows it the rows of that tenant only. Dropping it without [`TenantTx::commit`] rolls it back, also when
/// the future that held it was cancelled half-way.
#[must_use = "a transaction that is not committed is rolled back"]
pub struct TenantTx {
    transaction: Transaction,
    tenant: TenantId,
}

impl TenantTx {
    pub(crate) async fn begin(db: &Db, tenant: TenantId) -> Result<Self, DbError> {
        // One round trip. Only a typed UUID, and on whose word this is, are ever put into this text.
        let begin = format!(
            "BEGIN; SET LOCAL app.tenant_id = '{}'{}",
            tenant.as_uuid(),
            Acting::statement()
        );
        let transaction = Transaction::begin(db, &begin).await?;
        Ok(Self {
            transaction,
            tenant,
        })
    }

    pub(crate) fn continuing(transaction: Transaction, tenant: TenantId) -> Self {
        Self {
            transaction,
            tenant,
        }
    }

    /// Whose transaction it is: what `tenant_id` of every new row must be.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The connection to run a query on.
    pub fn conn(&mut self) -> &mut AsyncPgConnection {
        self.transaction.connection()
    }

    /// The connection to ask, while others ask too: queries that are awaited together go out in one trip, and are answered in
    /// the order in which they were asked.
    pub fn reading(&self) -> &AsyncPgConnection {
        self.transaction.reading()
    }

    /// Makes what was done here durable and visible.
    pub async fn commit(self) -> Result<(), DbError> {
        self.transaction.commit().await
    }
}
