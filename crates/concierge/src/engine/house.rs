use motel_knowledge::Tier;
use motel_tenancy::Policies;

use super::turn::{Said, Turn};
use crate::dialogue::Topic;
use crate::replies;
use crate::tools::{ListPackages, ListPackagesInput, SearchKnowledge, SearchKnowledgeInput};

impl Turn<'_> {
    /// Answers a question about the house and returns to what was asked before.
    pub(super) async fn answer(&mut self) -> Said {
        let answer = self.find_answer().await?;
        let tells_stay =
            self.changes.stay && (self.said.dates.is_some() || self.state.topic == Topic::Booking);
        if tells_stay && self.sells_rooms() && !self.sells_sessions() {
            let next = self.advance().await?;
            return Ok(format!("{answer}\n{next}"));
        }
        Ok(self.talk(answer))
    }

    /// The passage or the policy that speaks most of what was asked.
    async fn find_answer(&mut self) -> Said {
        let question = self.message.to_string();
        let own = replies::whereabouts(self.desk.property, &question)
            .or_else(|| replies::rooms_described(self.groups, &question));
        if let Some(own) = own {
            return Ok(own);
        }
        if replies::asks_for_packages(&question) && self.sells_rooms() {
            let valid = self
                .use_tool::<ListPackages>(ListPackagesInput::default())
                .await?;
            if let Some(on_offer) = replies::packages(&valid, self.desk.property.currency) {
                return Ok(on_offer);
            }
        }
        let input = SearchKnowledgeInput {
            question: question.clone(),
        };
        let passages = self.use_tool::<SearchKnowledge>(input).await?;
        let likely = passages
            .first()
            .filter(|passage| passage.tier >= Tier::Medium);
        let topic = Policies::match_question(&question);
        let policy = topic.and_then(|topic| self.desk.property.policies.answer(topic));
        let answer = replies::best_answer(&question, likely, policy.map(|policy| policy.text));
        self.done.failed = answer.is_none();
        let voice = self.voice();
        Ok(match answer {
            Some(answer) => answer,
            None => self.in_english_only(replies::not_known(voice)),
        })
    }
}
