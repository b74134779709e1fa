use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager};

use crate::pool::Connection;
use crate::{Db, DbError};

/// An open transaction that owns its connection. Whatever happens to the future that holds it, the connection goes
/// back to the pool only after a commit or a rollback: actix drops a handler when its client hangs up.
pub(crate) struct Transaction(Option<Connection>);

impl Transaction {
    /// Begins with `sql`, which must start with `BEGIN`. A connection that cannot even begin has died, whatever the error
    /// is called, and is replaced: at most as often as there are connections that may have died with it.
    pub(crate) async fn begin(db: &Db, sql: &str) -> Result<Self, DbError> {
        for _ in 0..db.most_dead_connections() {
            match Self::begin_on(db.connection().await?, sql).await {
                Err(DbError::Sql(error)) => {
                    tracing::warn!(%error, "replacing a database connection that was lost");
                }
                outcome => return outcome,
            }
        }
        Self::begin_on(db.connection().await?, sql).await
    }

    async fn begin_on(mut connection: Connection, sql: &str) -> Result<Self, DbError> {
        AnsiTransactionManager::begin_transaction_sql(&mut *connection, sql).await?;
        Ok(Self(Some(connection)))
    }

    #[expect(
        clippy::expect_used,
        reason = "the connection leaves only in `commit`, which consumes the transaction"
    )]
    pub(crate) fn connection(&mut self) -> &mut AsyncPgConnection {
        self.0
            .as_mut()
            .expect("an open transaction has its connection")
    }

    #[expect(
        clippy::expect_used,
        reason = "the connection leaves only in `commit`, which consumes the transaction"
    )]
    pub(crate) fn reading(&self) -> &AsyncPgConnection {
        self.0
            .as_ref()
            .expect("an open transaction has its connection")
    }

    pub(crate) async fn commit(mut self) -> Result<(), DbError> {
        let outcome = AnsiTransactionManager::commit_transaction(self.connection()).await;
        if outcome.is_ok() {
            self.0.take();
        }
        Ok(outcome?)
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut connection) = self.0.take() else {
            return;
        };
        // Without a runtime the pool finds the open transaction on the connection and closes it.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Err(error) =
                    AnsiTransactionManager::rollback_transaction(&mut *connection).await
                {
                    tracing::debug!(%error, "a connection could not be rolled back and is closed");
                }
            });
        }
    }
}
