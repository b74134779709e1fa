use motel_kernel::{Money, PaymentLinkId, RefundId, TenantId};

/// Money to be given back, as we ask a gateway for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// On whose behalf.
    pub tenant: TenantId,
    /// Our refund; comes back in every event about it.
    pub id: RefundId,
    /// Our payment link, by which the money came.
    pub reference: PaymentLinkId,
    /// The gateway's name for the checkout that took it.
    pub checkout: String,
    /// What is to be given back; more than nothing, and no more than is left of what was paid.
    pub amount: Money,
    /// At most 108 characters; derived from the refund, never from the attempt.
    pub idempotency_key: String,
}

/// Money given back, as the gateway knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayRefund {
    /// The gateway's name for it.
    pub gateway_reference: String,
    /// How it stands.
    pub outcome: RefundOutcome,
    /// How much.
    pub amount: Money,
}

/// How a refund stands at its gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundOutcome {
    /// It is under way.
    Processing,
    /// The money left us.
    Succeeded,
    /// It did not arrive, at once or after it had seemed to; the money is ours again.
    Failed,
}
