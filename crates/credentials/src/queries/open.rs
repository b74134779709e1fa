use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_seal::{Keyring, Sealed};

use crate::schema::credentials;
use crate::{Credential, CredentialsError, OpenAiAccount, Provider, TwilioAccount};

/// The tenant's own account at Twilio; `None` where it has set none.
///
/// # Errors
/// What is kept cannot be opened with these keys, or the database failed.
pub async fn twilio_account(
    tx: &mut TenantTx,
    keyring: &Keyring,
) -> Result<Option<TwilioAccount>, CredentialsError> {
    let opened = open(tx, keyring, Provider::Twilio).await?;
    match opened {
        None => Ok(None),
        Some(Credential::Twilio(account)) => Ok(Some(account)),
        Some(_) => Err(CredentialsError::Unreadable),
    }
}

/// The tenant's own account with a language model; `None` where it has set none.
///
/// # Errors
/// What is kept cannot be opened with these keys, or the database failed.
pub async fn openai_account(
    tx: &mut TenantTx,
    keyring: &Keyring,
) -> Result<Option<OpenAiAccount>, CredentialsError> {
    let opened = open(tx, keyring, Provider::OpenAi).await?;
    match opened {
        None => Ok(None),
        Some(Credential::OpenAi(account)) => Ok(Some(account)),
        Some(_) => Err(CredentialsError::Unreadable),
    }
}

async fn open(
    tx: &mut TenantTx,
    keyring: &Keyring,
    provider: Provider,
) -> Result<Option<Credential>, CredentialsError> {
    let kept: Option<Vec<u8>> = credentials::table
        .find((tx.tenant(), provider))
        .select(credentials::sealed)
        .first(tx.conn())
        .await
        .optional()?;
    let Some(kept) = kept else {
        return Ok(None);
    };
    let sealed = Sealed::from_bytes(&kept)?;
    let opened = keyring.open(&provider.context(tx.tenant()), &sealed)?;
    Credential::from_bytes(provider, &opened).map(Some)
}
