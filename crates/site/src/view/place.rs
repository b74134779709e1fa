/// The business whose page this is: what header, footer and chat show on every page.
#[derive(Clone, Debug)]
pub struct Place {
    /// The name on the sign.
    pub name: String,
    /// One line about it.
    pub tagline: String,
    /// What stands before every page address: empty for the default tenant, else `/t/{slug}`.
    pub base: String,
    /// What stands before every API address: empty for the default tenant, else `/api/v1/public/{slug}`.
    pub api: String,
    /// Postal address, line by line.
    pub address: Vec<String>,
    /// Telephone number in E.164.
    pub phone: String,
    /// The same as people write it.
    pub phone_spaced: String,
    /// E-mail address for guests.
    pub email: String,
    /// When rooms are ready, as "3:00 PM".
    pub check_in: String,
    /// When rooms must be left, as "11:00 AM".
    pub check_out: String,
    /// Whether it sells rooms at all.
    pub has_rooms: bool,
    /// Policies a guest may read as they stand.
    pub facts: Vec<Fact>,
    /// Whether guests can write to the front desk here.
    pub chat: bool,
    /// What the chat says first.
    pub greeting: String,
    /// Questions the chat offers to begin with.
    pub chat_hints: Vec<String>,
}

/// One policy in a sentence, with a drawing.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Name of the drawing in `icons.html`.
    pub icon: &'static str,
    /// Two or three words.
    pub heading: &'static str,
    /// The policy's own sentence.
    pub text: String,
}

impl Place {
    /// The address of the first page.
    pub fn home(&self) -> &str {
        if self.base.is_empty() {
            "/"
        } else {
            &self.base
        }
    }
}
