use motel_kernel::{FolioId, Money, PostingId};
use uuid::Uuid;

motel_db::text_enum! {
    /// The accounts of the house's books. Debits are above nothing, credits below.
    pub enum AccountKind {
        /// What guests owe for what they had. By folio.
        GuestLedger = "guest_ledger",
        /// What companies owe. By folio.
        CityLedger = "city_ledger",
        /// Money taken for what was not had yet, or to be given back: owed to guests. By folio.
        DepositsHeld = "deposits_held",
        /// What was earned, by what was sold.
        Revenue = "revenue",
        /// What was collected for the tax office, by tax.
        Taxes = "taxes",
        /// Where money came in and went out, by way of paying.
        Payments = "payments",
        /// What gateways hold back until a dispute is decided, by gateway.
        Disputes = "disputes",
        /// What staff settled on.
        Adjustments = "adjustments",
        /// What gift cards are worth that were sold and not spent: owed to whoever holds them.
        GiftCards = "gift_cards",
        /// What coupons cost the house, by coupon.
        Coupons = "coupons",
    }
}

impl AccountKind {
    /// True for what guests pay with that is no money: it goes back to where it came from, and never out in cash.
    pub fn is_tender(self) -> bool {
        matches!(self, Self::GiftCards | Self::Coupons)
    }

    /// True for what settles a folio rather than being sold on it: money and tenders.
    pub fn settles(self) -> bool {
        self.is_tender() || matches!(self, Self::Payments | Self::Disputes)
    }
}

/// An account: which, and of what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerAccount {
    /// Which.
    pub kind: AccountKind,
    /// `room`, `fee:pets`, `extra:minibar`, a tax's code, `stripe`, `cash`; empty where an account is not divided.
    pub detail: String,
}

impl LedgerAccount {
    fn of(kind: AccountKind, detail: &str) -> Self {
        Self {
            kind,
            detail: detail.chars().take(100).collect(),
        }
    }

    /// What was earned by selling `detail`.
    pub fn revenue(detail: &str) -> Self {
        Self::of(AccountKind::Revenue, detail)
    }

    /// What was collected of a tax.
    pub fn taxes(code: &str) -> Self {
        Self::of(AccountKind::Taxes, code)
    }

    /// What came in by a way of paying.
    pub fn payments(method: &str) -> Self {
        Self::of(AccountKind::Payments, method)
    }

    /// What a gateway holds back until a dispute is decided.
    pub fn disputes(gateway: &str) -> Self {
        Self::of(AccountKind::Disputes, gateway)
    }

    /// What staff settled on.
    pub fn adjustments() -> Self {
        Self::of(AccountKind::Adjustments, "")
    }

    /// What is owed on gift cards.
    pub fn gift_cards() -> Self {
        Self::of(AccountKind::GiftCards, "")
    }

    /// What a coupon cost.
    pub fn coupon(code: &str) -> Self {
        Self::of(AccountKind::Coupons, code)
    }
}

impl std::fmt::Display for LedgerAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.detail.as_str() {
            "" => write!(f, "{}", self.kind),
            detail => write!(f, "{}:{detail}", self.kind),
        }
    }
}

impl PartialOrd for AccountKind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AccountKind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

/// Names an entry of the ledger.
pub(crate) type EntryId = Uuid;

/// One line of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryLine {
    pub(crate) account: LedgerAccount,
    pub(crate) folio: Option<FolioId>,
    pub(crate) posting: PostingId,
    pub(crate) amount: Money,
}
