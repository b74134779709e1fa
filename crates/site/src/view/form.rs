use motel_web::FieldErrors;

/// One field of a form, with what was typed and why it was refused.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Its name and id.
    pub name: &'static str,
    /// What the guest reads.
    pub label: &'static str,
    /// What is in it.
    pub value: String,
    /// Why it was refused.
    pub error: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
}

/// Who stays, and what must travel with the form unseen.
#[derive(Clone, Debug)]
pub struct GuestForm {
    /// Full name.
    pub full_name: Field,
    /// E-mail address.
    pub email: Field,
    /// Telephone number.
    pub phone: Field,
    /// Hidden fields: the stay, the room and the idempotency key.
    pub hidden: Vec<(&'static str, String)>,
}

impl Field {
    /// An empty field that must be filled in.
    pub fn required(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            required: true,
            ..Self::default()
        }
    }

    /// An empty field that may stay so.
    pub fn optional(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            ..Self::default()
        }
    }

    /// The same field with what was typed.
    #[must_use]
    pub fn with(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// The same field with the reason it was refused, when there is one.
    #[must_use]
    pub fn refused_in(mut self, errors: &FieldErrors) -> Self {
        let error = errors
            .as_slice()
            .iter()
            .find(|error| error.field == self.name);
        self.error = error.map(|error| error.reason.clone());
        self
    }
}
