use std::sync::Arc;

use crate::{Gateway, GatewayName};

/// The gateways of this installation. New checkouts go to the first; events of all are taken, so that a page made
/// before a change of gateway can still be paid. Not so the sandbox's: beside a gateway that moves real money it is as
/// if it were not there, or somebody could stay for nothing on a page left over from a trial.
#[derive(Clone)]
pub struct Gateways(Vec<Arc<dyn Gateway>>);

impl Gateways {
    /// One gateway, to which new checkouts go.
    pub fn new(first: Arc<dyn Gateway>) -> Self {
        Self(vec![first])
    }

    /// One more, whose events are taken.
    #[must_use]
    pub fn and(mut self, further: Arc<dyn Gateway>) -> Self {
        self.0.push(further);
        self
    }

    /// The gateway for new checkouts.
    #[expect(
        clippy::expect_used,
        reason = "`new` puts one in and nothing takes it out"
    )]
    pub fn first(&self) -> &Arc<dyn Gateway> {
        self.0.first().expect("there is at least one gateway")
    }

    /// The gateway of that name, when this installation takes its word.
    pub fn find(&self, name: GatewayName) -> Option<&Arc<dyn Gateway>> {
        if name == GatewayName::Sandbox && self.first().name() != GatewayName::Sandbox {
            return None;
        }
        self.0.iter().find(|gateway| gateway.name() == name)
    }
}
