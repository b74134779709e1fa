use motel_knowledge::Tier;
use motel_tenancy::Policies;

use super::turn::{Said, Turn};
use crate::dialogue::Topic;
use crate::replies;
use crate::tools::{SearchKnowledge, SearchKnowledgeInput};

impl Turn<'_> {
    /// Answers a question about the house and returns to what was asked before.
    pub(super) async fn answer(&mut self) -> Said {
        let answer = self.find_answer().await?;
        let tells_stay = self.changes.stay && (self.said.dates.is_some() || self.state.topic == Topic::Booking);
        if tells_stay && self.sells_rooms() {
            let next = self.advance().await?;
            return Ok(format!("{answer}\n{next}"));
        }
        Ok(self.talk(answer))
    }

    /// A passage that surely answers, else the property's policy, else a passage that probably does.
    async fn find_answer(&mut self) -> Said {
        let question = self.message.to_owned();
        let input = SearchKnowledgeInput {
            question: question.clone(),
        };
        let passages = self.use_tool::<SearchKnowledge>(input).await?;
        let best = passages.first().filter(|passage| passage.tier >= Tier::Medium);
        if let Some(sure) = best.filter(|passage| passage.tier == Tier::High) {
            return Ok(replies::quote(&question, sure));
        }
        let policy = Policies::match_question(&question).and_then(|topic| self.desk.property.policies.answer(topic));
        Ok(match (policy, best) {
            (Some(policy), _) => policy.text,
            (None, Some(likely)) => replies::quote(&question, likely),
            (None, None) => replies::not_known(),
        })
    }
}
