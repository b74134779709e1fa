use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use motel_conversations::Channel;
use motel_credentials::{OpenAiAccount, queries};
use motel_db::TenantTx;
use motel_kernel::TenantId;
use motel_llm::chat::{
    Api, Breaker, ChatError, OpenAiChat, OpenAiChatSettings, Steadiness, Steady,
};
use motel_llm::{Address, Reach};
use motel_seal::Keyring;
use secrecy::{ExposeSecret, SecretString};

use super::Fallback;
use crate::{ModelApi, ModelChoice};

/// Where models are asked from: with which keys, how far out, and which of them are left alone for a while. Cheap to clone.
#[derive(Clone)]
pub struct ModelDesk {
    keyring: Keyring,
    reach: Reach,
    lines: Arc<Mutex<HashMap<(TenantId, String), Line>>>,
}

/// A model as it is asked, and what it was made from.
struct Line {
    choice: ModelChoice,
    key: SecretString,
    model: Arc<Steady<OpenAiChat>>,
}

/// How many models of one tenant are held ready: the chosen one, one that is tried out, and what they were before.
const MOST_MODELS: usize = 4;

/// How often a call is tried for one answer.
const TRIES: u32 = 3;

impl ModelDesk {
    /// A desk that opens keys with this ring. `reach` says whether a model on this very machine may be asked.
    pub fn new(keyring: Keyring, reach: Reach) -> Self {
        Self {
            keyring,
            reach,
            lines: Arc::default(),
        }
    }

    /// How far out models may be.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// The key of the tenant's account.
    pub(super) async fn account(&self, tx: &mut TenantTx) -> Result<OpenAiAccount, Fallback> {
        let account = queries::openai_account(tx, &self.keyring).await;
        let account = account.map_err(Fallback::fault)?;
        if account.is_none() {
            // A key that was taken back is not kept here either.
            let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
            lines.retain(|(tenant, _), _| *tenant != tx.tenant());
        }
        account.ok_or(Fallback::NoKey)
    }

    /// The tenant's model. It is made anew only when it was chosen anew or has another key, so that connections and what is known of
    /// its failures last.
    pub(super) fn model(
        &self,
        tenant: TenantId,
        choice: &ModelChoice,
        account: &OpenAiAccount,
    ) -> Result<Arc<Steady<OpenAiChat>>, Fallback> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let key = &account.api_key;
        let named = (tenant, choice.model.clone());
        let known = lines.get(&named).filter(|line| {
            line.choice == *choice && line.key.expose_secret() == key.expose_secret()
        });
        if let Some(line) = known {
            return Ok(line.model.clone());
        }
        let model = Arc::new(self.connect(choice, key)?);
        let line = Line {
            choice: choice.clone(),
            key: key.clone(),
            model: model.clone(),
        };
        // Who chose many models one after the other needs the last ones only.
        if lines.keys().filter(|(whose, _)| *whose == tenant).count() >= MOST_MODELS {
            lines.retain(|(whose, _), _| *whose != tenant);
        }
        lines.insert(named, line);
        Ok(model)
    }

    fn connect(
        &self,
        choice: &ModelChoice,
        key: &SecretString,
    ) -> Result<Steady<OpenAiChat>, ChatError> {
        // Also an address that was allowed when it was set, and is no more.
        let address = Address::parse(&choice.base_url, self.reach)
            .map_err(|error| ChatError::Settings(error.to_string()))?;
        let chat = OpenAiChat::new(OpenAiChatSettings {
            address,
            reach: self.reach,
            api_key: key.clone(),
            model: choice.model.clone(),
            temperature: choice.temperature.and_then(|it| u8::try_from(it).ok()),
            api: match choice.api {
                ModelApi::ChatCompletions => Api::ChatCompletions,
                ModelApi::Responses => Api::Responses,
            },
        })?;
        let steadiness = Steadiness {
            call: seconds(choice.call_seconds),
            tries: TRIES,
            altogether: seconds(choice.turn_seconds),
        };
        Ok(Steady::new(chat, steadiness, Arc::new(Breaker::default())))
    }
}

/// What is kept back of a turn's time for the built-in engine.
const RESERVE: Duration = Duration::from_millis(250);
/// Carriers give a call up that is silent for fifteen seconds, and callers sooner.
const ON_THE_TELEPHONE: Duration = Duration::from_secs(6);

/// How long a guest is let wait for a model.
pub(super) fn patience(channel: Channel, choice: &ModelChoice) -> Duration {
    let chosen = seconds(choice.turn_seconds);
    let bearable = match channel {
        Channel::Phone => chosen.min(ON_THE_TELEPHONE),
        _ => chosen,
    };
    bearable.saturating_sub(RESERVE)
}

/// Whole seconds, at least one.
fn seconds(number: i16) -> Duration {
    Duration::from_secs(u64::try_from(number).unwrap_or(1).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_calls_waits_less_than_who_writes() {
        let slow = ModelChoice {
            enabled: true,
            base_url: "https://api.example.com/v1".to_owned(),
            api: ModelApi::ChatCompletions,
            model: "a-model".to_owned(),
            temperature: None,
            call_seconds: 60,
            turn_seconds: 120,
            tokens_a_day: 1,
            read_price_micros: 0,
            written_price_micros: 0,
            cost_micros_a_day: None,
        };
        assert!(patience(Channel::Phone, &slow) < ON_THE_TELEPHONE);
        assert!(patience(Channel::Web, &slow) > Duration::from_secs(119));
        let quick = ModelChoice {
            turn_seconds: 2,
            ..slow
        };
        assert!(patience(Channel::Phone, &quick) < Duration::from_secs(2));
    }
}
