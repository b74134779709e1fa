use motel_kernel::{Email, Phone};

/// At least one way to reach a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    email: Option<Email>,
    phone: Option<Phone>,
}

/// Neither an e-mail address nor a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("please give an e-mail address or a phone number")]
pub struct NoContact;

impl Contact {
    /// What is known of how to reach somebody.
    ///
    /// # Errors
    /// [`NoContact`] when nothing is.
    pub fn new(email: Option<Email>, phone: Option<Phone>) -> Result<Self, NoContact> {
        if email.is_none() && phone.is_none() {
            Err(NoContact)
        } else {
            Ok(Self { email, phone })
        }
    }

    /// The e-mail address.
    pub fn email(&self) -> Option<&Email> {
        self.email.as_ref()
    }

    /// The phone number.
    pub fn phone(&self) -> Option<&Phone> {
        self.phone.as_ref()
    }
}
