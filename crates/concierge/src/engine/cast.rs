use motel_kernel::ConversationId;
use motel_shadow::{Candidate, CandidateEngine, CandidateSettings};

use crate::{ModelChoice, ModelSettings};

/// A model as it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Player {
    pub(super) choice: ModelChoice,
    /// Which version of the prompt for writing it is told; the active one without.
    pub(super) prompt: Option<i32>,
}

/// Who answers a turn, and whether that is scored for somebody who is tried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cast {
    /// The model; the built-in engine without one.
    pub(super) model: Option<Player>,
    pub(super) trial: Option<OnTrial>,
}

/// Somebody is tried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OnTrial {
    /// This one, before the guest.
    Live(String),
    /// Later, and silently.
    Silent,
}

impl Cast {
    pub(super) fn of(
        settings: Option<ModelSettings>,
        tried: Option<CandidateSettings>,
        conversation: ConversationId,
    ) -> Self {
        let chosen = settings.map(|settings| settings.choice);
        let usual = chosen.clone().filter(|choice| choice.enabled);
        let usual = usual.map(|choice| Player {
            choice,
            prompt: None,
        });
        let Some(tried) = tried else {
            return Self {
                model: usual,
                trial: None,
            };
        };
        let live = tried.answers(conversation);
        match understudy(chosen, &tried.candidate) {
            // There is nothing to tell apart.
            Some(model) if model == usual => Self { model, trial: None },
            Some(model) if live => Self {
                model,
                trial: Some(OnTrial::Live(tried.candidate.label())),
            },
            found => Self {
                model: usual,
                trial: (found.is_some() && tried.terms.silent).then_some(OnTrial::Silent),
            },
        }
    }
}

/// The model that a candidate is, if it is one. `None` where a model is wanted and no service was chosen.
#[expect(
    clippy::option_option,
    reason = "that there is no model and that it cannot be had are two things"
)]
pub(super) fn understudy(
    chosen: Option<ModelChoice>,
    candidate: &Candidate,
) -> Option<Option<Player>> {
    match (candidate.engine, chosen) {
        (CandidateEngine::BuiltIn, _) => Some(None),
        (CandidateEngine::Model, None) => None,
        (CandidateEngine::Model, Some(choice)) => Some(Some(Player {
            choice: ModelChoice {
                enabled: true,
                model: candidate.model.clone().unwrap_or(choice.model),
                ..choice
            },
            prompt: candidate.prompt,
        })),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ModelApi;

    fn choice() -> ModelChoice {
        ModelChoice {
            enabled: true,
            base_url: "https://api.example.com/v1".to_owned(),
            api: ModelApi::ChatCompletions,
            model: "a-model".to_owned(),
            temperature: None,
            call_seconds: 8,
            turn_seconds: 15,
            tokens_a_day: 1,
            read_price_micros: 0,
            written_price_micros: 0,
            cost_micros_a_day: None,
        }
    }

    #[test]
    fn another_model_is_asked_where_the_chosen_one_is_also_when_that_is_off() {
        let off = ModelChoice {
            enabled: false,
            ..choice()
        };
        let other = Candidate::model(Some("another".to_owned())).told(Some(3));
        let player = understudy(Some(off.clone()), &other).unwrap().unwrap();
        assert_eq!(player.prompt, Some(3));
        let model = player.choice;
        assert_eq!((model.enabled, model.model.as_str()), (true, "another"));
        assert_eq!(model.base_url, off.base_url);
        let same = understudy(Some(off), &Candidate::model(None));
        assert_eq!(same.unwrap().unwrap().choice.model, "a-model");
        assert_eq!(understudy(None, &other), None);
        assert_eq!(
            understudy(Some(choice()), &Candidate::built_in()),
            Some(None)
        );
    }
}
