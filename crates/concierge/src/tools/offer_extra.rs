use motel_db::TenantTx;
use motel_kernel::Money;
use motel_upsells::{Priced, Rule, Showing, ShowingId, commands, queries};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Desk, Tool, ToolError};

/// Puts an offer of the house's to the guest. Only the house's rules call for it, so it is not in the registry.
pub(crate) struct OfferExtra;

/// By which rule, and at which price.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct OfferExtraInput {
    /// The rule.
    pub(crate) rule: Uuid,
    /// What is offered, as guests read it.
    pub(crate) name: String,
    /// What comes to the price.
    #[schema(value_type = Object)]
    pub(crate) extra: Money,
    /// What it all costs then.
    #[schema(value_type = Object)]
    pub(crate) total: Money,
}

impl OfferExtraInput {
    pub(crate) fn new(rule: &Rule, priced: &Priced) -> Self {
        Self {
            rule: rule.id.as_uuid(),
            name: priced.name.clone(),
            extra: priced.extra,
            total: priced.total,
        }
    }
}

impl Tool for OfferExtra {
    type Input = OfferExtraInput;
    /// None when that was offered in this conversation before.
    type Output = Option<ShowingId>;
    const NAME: &'static str = "offer_extra";
    const DESCRIPTION: &'static str = "Notes that the house offers something by one of its rules.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<Option<ShowingId>, ToolError> {
        let rule = queries::rule(tx, desk.property.id, input.rule.into()).await?;
        let Some(rule) = rule else {
            return Ok(None);
        };
        let priced = Priced {
            name: input.name,
            extra: input.extra,
            total: input.total,
        };
        let showing = Showing {
            rule: &rule,
            conversation: desk.conversation,
            priced: &priced,
            today: desk.today(),
            now: desk.now,
        };
        Ok(commands::show(tx, &showing).await?)
    }

    fn outcome(shown: &Option<ShowingId>) -> String {
        match shown {
            Some(_) => "shown".to_owned(),
            None => "shown before".to_owned(),
        }
    }
}
