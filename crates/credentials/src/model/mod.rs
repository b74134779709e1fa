mod credential;
mod kept;
mod provider;
mod twilio;

pub use credential::Credential;
pub use kept::KeptCredential;
pub use provider::Provider;
pub use twilio::{InvalidAuthToken, TwilioAccount};
