use motel_kernel::TenantId;

motel_db::text_enum! {
    /// Whose service a business may bring its own account for. Only what something here uses is among them.
    pub enum Provider {
        /// Telephone calls.
        Twilio = "twilio",
        /// A language model, at OpenAI or wherever its API is spoken.
        OpenAi = "openai",
    }
}

impl Provider {
    /// What it is called among people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Twilio => "Twilio",
            Self::OpenAi => "Language model",
        }
    }

    /// What a credential of this tenant's is sealed for: it opens for no other tenant and no other provider.
    pub(crate) fn context(self, tenant: TenantId) -> String {
        format!("credentials/{tenant}/{self}")
    }
}
