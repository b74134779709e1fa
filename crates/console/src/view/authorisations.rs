/// Money set aside on cards of a booking's guests.
#[derive(Clone, Debug)]
pub struct Asides {
    /// The first first.
    pub rows: Vec<AsideRow>,
    /// Where it can be asked for: the word and what it means; nothing where no gateway offers it.
    pub ways: Vec<(&'static str, &'static str)>,
}

/// Money that is set aside, was, or is to be.
#[derive(Clone, Debug)]
pub struct AsideRow {
    /// Its id.
    pub id: String,
    /// "stripe".
    pub gateway: String,
    /// "Set aside".
    pub state: &'static str,
    /// The badge's colour.
    pub tone: &'static str,
    /// How much.
    pub amount: String,
    /// "Dec 8, 16:00", once it is set aside.
    pub until: Option<String>,
    /// Where the guests agree to it, as long as they can.
    pub url: Option<String>,
    /// What can be taken, to say and to type; `None` where nothing can.
    pub takeable: Option<(String, String)>,
    /// Whether it can be let go.
    pub can_be_let_go: bool,
    /// What came of it: what was taken, or why the gateway did not do it.
    pub outcome: Option<String>,
}
