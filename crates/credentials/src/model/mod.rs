mod credential;
mod kept;
mod openai;
mod provider;
mod secret_text;
mod twilio;

pub use credential::Credential;
pub use kept::KeptCredential;
pub use openai::OpenAiAccount;
pub use provider::Provider;
pub use secret_text::InvalidAuthToken;
pub(crate) use secret_text::secret_text;
pub use twilio::TwilioAccount;
