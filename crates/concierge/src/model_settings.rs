use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_conversations::ModelUse;
use motel_kernel::Actor;
use motel_llm::chat::TokensUsed;

use crate::schema::models;

motel_db::text_enum! {
    /// Which of OpenAI's two ways to talk a service is asked in.
    pub enum ModelApi {
        /// Chat Completions, which nearly every service speaks.
        ChatCompletions = "chat_completions",
        /// Responses.
        Responses = "responses",
    }
}

/// Which language model a business lets answer its guests.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = models, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub struct ModelChoice {
    /// False leaves the answers to the built-in engine.
    pub enabled: bool,
    /// The address up to and including the version, such as `https://api.openai.com/v1`.
    pub base_url: String,
    /// How it is talked to.
    pub api: ModelApi,
    /// The model.
    pub model: String,
    /// In hundredths, 0 to 200; the service's own where there is none.
    pub temperature: Option<i16>,
    /// How long one call may take.
    pub call_seconds: i16,
    /// How long all calls for one answer may take.
    pub turn_seconds: i16,
    /// How many tokens may be used a day at the property.
    pub tokens_a_day: i32,
    /// What a million tokens read cost, in millionths of the currency that the service bills in.
    pub read_price_micros: i64,
    /// What a million tokens written cost.
    pub written_price_micros: i64,
    /// What may be spent a day; no end where there is none.
    pub cost_micros_a_day: Option<i64>,
}

/// The same as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = models, check_for_backend(diesel::pg::Pg))]
pub struct ModelSettings {
    /// What was chosen.
    #[diesel(embed)]
    pub choice: ModelChoice,
    /// Grows with every change.
    pub version: i32,
    /// Who chose it.
    pub set_by: Actor,
    /// When.
    pub set_at: DateTime<Utc>,
}

/// Prices are for so many tokens.
const MILLION: i128 = 1_000_000;

impl ModelChoice {
    /// What tokens cost, in millionths of the currency, rounded up.
    pub(crate) fn cost_micros(&self, tokens: TokensUsed) -> i64 {
        let part = |tokens: u32, price: i64| i128::from(tokens) * i128::from(price);
        let cost = part(tokens.read, self.read_price_micros)
            + part(tokens.written, self.written_price_micros);
        i64::try_from((cost + MILLION - 1) / MILLION).unwrap_or(i64::MAX)
    }

    /// Whether less than half of what a day has was used: the rest is for guests.
    pub(crate) fn leaves_half(&self, used: ModelUse) -> bool {
        self.leaves_something(ModelUse {
            tokens: used.tokens.saturating_mul(2),
            cost_micros: used.cost_micros.saturating_mul(2),
        })
    }

    /// Whether what was used today leaves something.
    pub(crate) fn leaves_something(&self, used: ModelUse) -> bool {
        let spent = self
            .cost_micros_a_day
            .is_some_and(|most| used.cost_micros >= most);
        used.tokens < i64::from(self.tokens_a_day) && !spent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice() -> ModelChoice {
        ModelChoice {
            enabled: true,
            base_url: "https://api.example.com/v1".to_owned(),
            api: ModelApi::ChatCompletions,
            model: "a-model".to_owned(),
            temperature: None,
            call_seconds: 10,
            turn_seconds: 20,
            tokens_a_day: 1_000,
            read_price_micros: 150_000,
            written_price_micros: 600_000,
            cost_micros_a_day: Some(500),
        }
    }

    #[test]
    fn tokens_cost_what_a_million_costs_by_a_million_rounded_up() {
        let cost = |read, written| choice().cost_micros(TokensUsed { read, written });
        assert_eq!(cost(1_000_000, 0), 150_000);
        assert_eq!(cost(0, 1_000_000), 600_000);
        assert_eq!(cost(1, 1), 1);
        assert_eq!(cost(0, 0), 0);
        assert!(cost(u32::MAX, u32::MAX) > 0);
    }

    #[test]
    fn a_day_ends_with_its_tokens_or_with_its_money() {
        let used = |tokens, cost_micros| {
            choice().leaves_something(ModelUse {
                tokens,
                cost_micros,
            })
        };
        assert!(used(999, 499));
        assert!(!used(1_000, 0));
        assert!(!used(0, 500));
    }
}
