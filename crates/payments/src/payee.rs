use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::{GatewayEvent, GatewayName};

/// Somebody who is paid through our gateways beside the folios of guests. The webhook offers them what is about no payment link
/// of a folio.
#[async_trait]
pub trait Payee: Send + Sync {
    /// Takes an event, once however often it is told; false when its reference is none of theirs.
    ///
    /// # Errors
    /// It could not be taken; the gateway is to tell it again.
    async fn take(&self, told: &Told<'_>) -> Result<bool, PayeeError>;
}

/// What a gateway told, and when.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Who told it.
    pub gateway: GatewayName,
    /// What it says.
    pub event: &'a GatewayEvent,
    /// When it arrived.
    pub at: DateTime<Utc>,
}

/// What went wrong while an event was taken.
pub type PayeeError = Box<dyn std::error::Error + Send + Sync>;

/// Everybody who is paid beside the folios.
#[derive(Clone, Default)]
pub struct Payees(Vec<Arc<dyn Payee>>);

impl Payees {
    /// One more.
    #[must_use]
    pub fn and(mut self, payee: Arc<dyn Payee>) -> Self {
        self.0.push(payee);
        self
    }

    /// Offers an event to each until one takes it; false when it is nobody's. One that fails does not keep it from the others.
    ///
    /// # Errors
    /// As [`Payee::take`], of the first that failed, when no other took it: it may have been theirs.
    pub async fn take(&self, told: &Told<'_>) -> Result<bool, PayeeError> {
        let mut failed = None;
        for payee in &self.0 {
            match payee.take(told).await {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(false), Err)
    }
}
