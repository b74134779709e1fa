use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession};
use actix_session::storage::CookieSessionStore;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha512};

/// How the session cookie is made.
#[derive(Clone, Debug)]
pub struct SessionSettings {
    /// The secret that encrypts and signs the cookie; long and random.
    pub secret: SecretString,
    /// Whether the public address is https, so that the cookie never travels in the clear.
    pub secure: bool,
}

/// The encrypted, signed cookie session of staff and guests: `HttpOnly`, `SameSite=Lax`, 12 hours.
///
/// What is in the cookie is all that is known of it here: a copied one stays good until it runs out. Who must not be believed for
/// so long keeps a row and lets the cookie hold no more than what proves it, as `tenancy` does for staff.
pub fn session_middleware(settings: &SessionSettings) -> SessionMiddleware<CookieSessionStore> {
    // With this prefix browsers take the cookie from this very host only, and by https only.
    let name = if settings.secure {
        "__Host-remotemotel"
    } else {
        "remotemotel"
    };
    let digest = Sha512::digest(settings.secret.expose_secret().as_bytes());
    SessionMiddleware::builder(CookieSessionStore::default(), Key::from(&digest))
        .cookie_name(name.to_owned())
        .cookie_secure(settings.secure)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_content_security(CookieContentSecurity::Private)
        .session_lifecycle(PersistentSession::default().session_ttl(Duration::hours(12)))
        .build()
}
