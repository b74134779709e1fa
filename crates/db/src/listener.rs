use std::pin::pin;

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures::StreamExt;

use crate::DbError;

/// A connection that waits for the notifications of one channel.
pub struct Listener(AsyncPgConnection);

impl Listener {
    pub(crate) async fn open(url: &str, channel: &'static str) -> Result<Self, DbError> {
        let mut connection = AsyncPgConnection::establish(url)
            .await
            .map_err(|error| DbError::Pool(Box::new(error)))?;
        connection
            .batch_execute(&format!("SET ROLE motel_app; LISTEN {channel}"))
            .await?;
        Ok(Self(connection))
    }

    /// The text of the next notification; `None` when the connection is gone. Notifications sent while nobody listens
    /// are lost, so a listener is a way to wake up early and never the only way to learn of work.
    pub async fn next(&mut self) -> Option<String> {
        let mut notifications = pin!(self.0.notifications_stream());
        notifications
            .next()
            .await?
            .ok()
            .map(|notification| notification.payload)
    }
}
