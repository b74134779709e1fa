use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

/// What a browser sent is not of the form that a passkey has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not what a browser makes of a passkey")]
pub struct InvalidCredential;

/// A passkey as a browser shows it: the JSON of `PublicKeyCredential.toJSON()` after `navigator.credentials.get()`.
#[derive(Debug, Clone)]
pub struct ShownPasskey(pub(crate) PublicKeyCredential);

impl ShownPasskey {
    /// Reads it. Whether it is right is looked at later.
    ///
    /// # Errors
    /// It has another form.
    pub fn parse(json: Value) -> Result<Self, InvalidCredential> {
        let read = serde_json::from_value(json);
        read.map(Self).map_err(|_| InvalidCredential)
    }

    /// What the authenticator calls it.
    pub(crate) fn credential_id(&self) -> &[u8] {
        self.0.get_credential_id()
    }

    /// Whose it says it is; authenticators may leave it out where they were told.
    pub(crate) fn says_member(&self) -> Option<Uuid> {
        let said = self.0.get_user_unique_id()?;
        // What is no id of ours is somebody else's.
        Some(Uuid::from_slice(said).unwrap_or_default())
    }
}

/// A passkey that a browser has just made: the same after `navigator.credentials.create()`.
#[derive(Debug, Clone)]
pub struct NewPasskey(pub(crate) RegisterPublicKeyCredential);

impl NewPasskey {
    /// Reads it. Whether it is right is looked at later.
    ///
    /// # Errors
    /// It has another form.
    pub fn parse(json: Value) -> Result<Self, InvalidCredential> {
        let read = serde_json::from_value(json);
        read.map(Self).map_err(|_| InvalidCredential)
    }
}
