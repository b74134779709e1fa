use motel_kernel::{BasisPoints, Money};
use serde::{Deserialize, Serialize};

/// What an appointment costs, with everything it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentPrice {
    /// Every component; together they are the subtotal.
    pub lines: Vec<PriceLine>,
    /// The lines together.
    pub subtotal: Money,
    /// The property's tax on them.
    pub tax: TaxPart,
    /// What is to be paid: the subtotal, and the tax where prices do not hold it already.
    pub total: Money,
    /// How much of the total reserves it.
    pub deposit: Money,
}

/// One component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLine {
    /// Of which kind.
    pub kind: LineKind,
    /// The service's or add-on's code, `minimum_spend` or `travel`.
    pub code: String,
    /// What it is called on a bill.
    pub description: String,
    /// For one.
    pub unit: Money,
    /// How many.
    pub quantity: u32,
    /// For all of them.
    pub amount: Money,
}

/// The tax within a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxPart {
    /// As it stands on the bill.
    pub name: String,
    /// How much of the net price.
    pub rate: BasisPoints,
    /// True when the lines hold it already.
    pub included: bool,
    /// How much it is.
    pub amount: Money,
}

motel_db::text_enum! {
    /// What a component of a price is for.
    pub enum LineKind {
        /// The service.
        Service = "service",
        /// An extra.
        AddOn = "add_on",
        /// What is missing to the least that is spent.
        MinimumSpend = "minimum_spend",
        /// The way there.
        Travel = "travel",
    }
}
