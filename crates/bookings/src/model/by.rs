use motel_kernel::Actor;

/// On whose word something is changed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// Why, in their words: at most 500 characters.
    pub reason: Option<String>,
}

impl By {
    /// Somebody who gave no reason.
    pub fn actor(actor: Actor) -> Self {
        Self {
            actor,
            reason: None,
        }
    }

    /// The guest themselves.
    pub fn guest() -> Self {
        Self::actor(Actor::Guest)
    }

    /// The AI front desk, for a guest.
    pub fn concierge() -> Self {
        Self::actor(Actor::Concierge)
    }

    /// A rule of the house.
    pub fn system() -> Self {
        Self::actor(Actor::System)
    }

    /// The same, with a reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}
