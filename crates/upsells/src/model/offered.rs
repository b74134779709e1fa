use serde::{Deserialize, Serialize};

/// What a rule offers: something that the house sells at a price of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "code", rename_all = "snake_case")]
pub enum Offered {
    /// A package that comes to the price, by its code: breakfast, a late check-out.
    Package(String),
    /// Another room type in the place of the one chosen, by its code.
    Room(String),
}
