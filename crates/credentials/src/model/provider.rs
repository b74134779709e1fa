use motel_kernel::TenantId;

motel_db::text_enum! {
    /// Whose service a business may bring its own account for. Only what something here uses is among them.
    pub enum Provider {
        /// Telephone calls.
        Twilio = "twilio",
    }
}

impl Provider {
    /// What it is called among people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Twilio => "Twilio",
        }
    }

    /// What a credential of this tenant's is sealed for: it opens for no other tenant and no other provider.
    pub(crate) fn context(self, tenant: TenantId) -> String {
        format!("credentials/{tenant}/{self}")
    }
}
