/// A payment through a gateway.
#[derive(Clone, Debug)]
pub struct PaymentRow {
    /// Its id.
    pub id: String,
    /// "stripe", or "stripe, kept card".
    pub gateway: String,
    /// "Succeeded".
    pub state: &'static str,
    /// The badge's colour.
    pub tone: &'static str,
    /// What was asked for.
    pub asked: String,
    /// What came in.
    pub paid: String,
    /// What went back or is on its way: how much, where it stands, why.
    pub refunds: Vec<(String, String)>,
    /// What withdrawing it is called, while it is open: "Withdraw the link".
    pub withdraw: Option<&'static str>,
    /// What can be given back, to say and to type; `None` where nothing can.
    pub left: Option<(String, String)>,
}

/// A card that guests left for what is left to pay.
#[derive(Clone, Debug)]
pub struct CardRow {
    /// Its id: the payment it was left with.
    pub id: String,
    /// "Visa ending in 4242".
    pub name: String,
    /// "08/2028".
    pub until: String,
}

/// Taking money at the desk.
#[derive(Clone, Debug)]
pub struct TakeAtDesk {
    /// What is owed, as it is typed; empty when nothing is.
    pub owed: String,
    /// How: the word and what it means.
    pub ways: [(&'static str, &'static str); 4],
}

/// What was just done, or not.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    /// `good` or `bad`.
    pub tone: &'static str,
    /// A sentence.
    pub text: &'static str,
}
