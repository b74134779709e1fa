use motel_db::TenantTx;
use motel_knowledge::commands::note_question;
use motel_knowledge::{Passage, Tier, queries};
use motel_tenancy::Policies;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Looks into what the business tells its guests.
pub struct SearchKnowledge;

/// What the guest wants to know.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SearchKnowledgeInput {
    /// The question in the guest's words.
    pub question: String,
}

const MOST_PASSAGES: usize = 3;

impl Tool for SearchKnowledge {
    type Input = SearchKnowledgeInput;
    type Output = Vec<Passage>;
    const NAME: &'static str = "search_knowledge";
    const DESCRIPTION: &'static str = "Finds the passages of the business's own documents that answer a question about \
        the house, its rules and its surroundings.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<Vec<Passage>, ToolError> {
        let (embedder, today) = (desk.embedder, desk.today());
        let question = &input.question;
        let passages = queries::search(tx, embedder, today, question, MOST_PASSAGES).await?;
        let is_told = passages.first().is_some_and(|best| best.tier > Tier::Low);
        let policies = &desk.property.policies;
        let is_rule = || {
            let topic = Policies::match_question(question);
            topic.is_some_and(|topic| policies.answer(topic).is_some())
        };
        // Whoever answers with this tool, the team hears what it does not find.
        if !is_told && !is_rule() {
            note_question(tx, embedder, question, desk.now).await?;
        }
        Ok(passages)
    }

    fn outcome(passages: &Vec<Passage>) -> String {
        passages.first().map_or_else(
            || "nothing".to_owned(),
            |best| format!("{}: {:?}", best.source, best.tier).to_lowercase(),
        )
    }
}
