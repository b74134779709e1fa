use std::fmt;

use serde::{Serialize, Serializer};
use uuid::Uuid;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// The number a request carries through logs, problems and the `x-request-id` answer header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(Uuid);

impl RequestId {
    /// The id of the request being answered; none outside a request.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(|id| *id).ok()
    }

    /// The number itself, to be stored.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }

    pub(crate) fn new() -> Self {
        Self(Uuid::now_v7())
    }

    pub(crate) async fn scope<F: Future>(self, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for RequestId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
