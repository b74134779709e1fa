use diesel_async::SimpleAsyncConnection;
use motel_db::{Db, DbError, TenantTx};
use motel_kernel::TenantId;

/// A transaction that is always taken back: what is done in it is seen in it, and by nobody else, ever.
///
/// It lends its [`TenantTx`] out and gives it to nobody, and only who owns one can commit.
#[must_use = "a trial ends when it is dropped"]
pub(super) struct Trial(TenantTx);

impl Trial {
    /// Begins one. It waits a second for a lock and no longer: who rehearses makes way for guests.
    pub(super) async fn begin(db: &Db, tenant: TenantId) -> Result<Self, DbError> {
        let mut tx = db.tenant(tenant).await?;
        tx.conn()
            .batch_execute("SET LOCAL lock_timeout = '1s'")
            .await?;
        Ok(Self(tx))
    }

    /// What to try something in.
    pub(super) fn tx(&mut self) -> &mut TenantTx {
        &mut self.0
    }
}
