use chrono_tz::Tz;
use motel_credentials::{KeptCredential, Provider};
use motel_kernel::Actor;
use motel_tenancy::Staff;
use motel_web::words;

use crate::view::{CredentialRow, ProviderCard};

/// Every provider, with what is set for it.
pub(crate) fn credentials(
    kept: &[KeptCredential],
    members: &[Staff],
    zone: Tz,
) -> Vec<ProviderCard> {
    let card = |provider: &Provider| ProviderCard {
        word: provider.as_str(),
        name: provider.title(),
        purpose: purpose(*provider),
        field: field(*provider),
        set: kept
            .iter()
            .find(|it| it.provider == *provider)
            .map(|it| CredentialRow {
                last_four: it.last_four.clone(),
                by: somebody(it.set_by, members),
                when: words::moment(it.set_at, zone),
            }),
    };
    Provider::ALL.iter().map(card).collect()
}

fn purpose(provider: Provider) -> &'static str {
    match provider {
        Provider::Twilio => {
            "Telephone calls are taken from your own Twilio account, and from no other. Without one, those of the account that \
             this installation shares are taken, if it has one."
        }
        Provider::OpenAi => {
            "A language model may answer your guests, at OpenAI or wherever its API is spoken. Which one, and what it may cost, is set \
             under Model. Without a key the built-in front desk answers alone."
        }
    }
}

fn field(provider: Provider) -> &'static str {
    match provider {
        Provider::Twilio => "Auth token of the account",
        Provider::OpenAi => "Key of the account",
    }
}

/// Who did something, in a word or two.
pub(super) fn somebody(by: Actor, members: &[Staff]) -> String {
    match by {
        Actor::Staff(id) => members.iter().find(|member| member.id == id).map_or_else(
            || "somebody of the team".to_owned(),
            |it| it.display_name.clone(),
        ),
        Actor::ApiKey(_) => "a program with a key".to_owned(),
        Actor::Guest | Actor::Concierge | Actor::System => "the house".to_owned(),
    }
}
