use motel_guests::GuestDetails;
use motel_kernel::{Email, PersonName, Phone};
use motel_web::FieldErrors;
use serde::Deserialize;

/// Who stays, as the form sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawGuest {
    pub(crate) full_name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
}

/// Name and addresses; the telephone number may be left out.
pub(crate) fn guest(raw: &RawGuest) -> Result<GuestDetails, FieldErrors> {
    let mut errors = FieldErrors::new();
    let name = errors.check("full_name", PersonName::parse(&raw.full_name));
    let email = errors.check("email", Email::parse(&raw.email));
    let phone = Some(raw.phone.trim()).filter(|phone| !phone.is_empty());
    let phone = errors.check("phone", phone.map(Phone::parse).transpose());
    match (name, email, phone) {
        (Some(name), Some(email), Some(phone)) => Ok(GuestDetails { name, email, phone }),
        _ => Err(errors),
    }
}
