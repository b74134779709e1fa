use motel_conversations::{HandOverReason, commands};
use motel_db::TenantTx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Puts a person in charge of the conversation.
pub struct HandOver;

/// Why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct HandOverInput {
    /// What the guest asked for.
    pub reason: String,
    /// By which rule; the house says so, nobody who calls the tool.
    #[serde(skip)]
    pub rule: Option<HandOverReason>,
}

impl Tool for HandOver {
    type Input = HandOverInput;
    type Output = ();
    const NAME: &'static str = "hand_over";
    const DESCRIPTION: &'static str = "Marks the conversation for a person of the team, when the guest asks for one or \
        nothing else helps.";

    async fn run(tx: &mut TenantTx, desk: &Desk<'_>, input: Self::Input) -> Result<(), ToolError> {
        let rule = input.rule.unwrap_or(HandOverReason::AskedForPerson);
        tracing::info!(conversation = %desk.conversation, %rule, "a guest is handed over");
        let summary = &input.reason;
        Ok(commands::hand_over_because(tx, desk.conversation, rule, summary, desk.now).await?)
    }

    fn outcome((): &()) -> String {
        "done".to_owned()
    }
}
