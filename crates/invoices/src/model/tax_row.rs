use motel_kernel::Money;
use serde::{Deserialize, Serialize};

use super::TaxName;

/// What a document comes to of one tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRow {
    /// Which tax, at which rate.
    pub tax: TaxName,
    /// True when the prices hold it, false when it came on top.
    pub included: bool,
    /// How much.
    pub amount: Money,
}
