use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

use crate::PasskeyError;

/// What browsers say of us when they ask for a passkey.
const NAME: &str = "RemoteMotel";
/// What this machine is called by browsers, which make no passkeys for a number.
const THIS_MACHINE: &str = "localhost";

/// For whom passkeys are made and shown: the installation's public address, and no other that a request may name.
#[derive(Clone)]
pub struct RelyingParty(Option<Arc<Webauthn>>);

impl RelyingParty {
    /// The one at an installation's public address. Browsers want https and a name; without there are no passkeys, except on this very
    /// machine, which is called `localhost` then.
    pub fn at(public_url: &str) -> Self {
        Self(made(public_url).map(Arc::new))
    }

    /// Whether there are passkeys.
    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn webauthn(&self) -> Result<&Webauthn, PasskeyError> {
        self.0.as_deref().ok_or(PasskeyError::Unavailable)
    }
}

impl fmt::Debug for RelyingParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origins = self.0.as_ref().map(|it| it.get_allowed_origins());
        f.debug_tuple("RelyingParty").field(&origins).finish()
    }
}

fn made(public_url: &str) -> Option<Webauthn> {
    let mut origin = Url::parse(public_url).ok()?;
    origin.set_path("");
    if is_this_machine(&origin) {
        origin.set_host(Some(THIS_MACHINE)).ok()?;
    }
    let id = origin.domain()?.to_owned();
    if origin.scheme() != "https" && id != THIS_MACHINE {
        return None;
    }
    let party = WebauthnBuilder::new(&id, &origin).ok()?;
    party.rp_name(NAME).build().ok()
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse();
    address.is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(public_url: &str) -> Option<String> {
        let party = RelyingParty::at(public_url).0?;
        let origin = party.get_allowed_origins().first()?;
        Some(origin.origin().ascii_serialization())
    }

    #[test]
    fn it_is_where_the_installation_is_and_nowhere_else() {
        for (url, expected) in [
            ("https://motel.example", Some("https://motel.example")),
            ("https://motel.example/desk", Some("https://motel.example")),
            (
                "https://motel.example:8443",
                Some("https://motel.example:8443"),
            ),
            ("http://127.0.0.1:8080", Some("http://localhost:8080")),
            ("http://[::1]:8080", Some("http://localhost:8080")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            // Browsers make none there.
            ("http://motel.example", None),
            ("https://192.0.2.7", None),
            ("motel", None),
        ] {
            assert_eq!(origin(url).as_deref(), expected, "{url}");
        }
    }
}
