mod kept;
mod name;
mod relying_party;
mod shown;

pub use kept::{KeptPasskey, PasskeyId};
pub use name::{InvalidPasskeyName, PasskeyName};
pub use relying_party::RelyingParty;
pub use shown::{InvalidCredential, NewPasskey, ShownPasskey};
