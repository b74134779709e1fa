use motel_kernel::Currency;

/// Why taxes and fees do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LevyError {
    /// Two of one code would be charged on the same day.
    #[error("{code:?} would be charged twice on some dates")]
    Overlapping {
        /// The code.
        code: String,
    },
    /// An amount in another currency than the property's.
    #[error("{code:?} is in {currency}, which is not the currency of the property")]
    ForeignCurrency {
        /// The code.
        code: String,
        /// Its currency.
        currency: Currency,
    },
    /// Ages bear on amounts per person only.
    #[error("ages bear on an amount per person only, and {code:?} is none")]
    AgesWithoutPeople {
        /// The code.
        code: String,
    },
    /// A tax on a tax that is not there.
    #[error("{code:?} is reckoned on {base:?}, which is no tax")]
    UnknownBase {
        /// The tax.
        code: String,
        /// What it is reckoned on.
        base: String,
    },
    /// A flat amount is reckoned on nothing, and a tax within prices on no tax outside them.
    #[error("{code:?} can't be reckoned on {base:?}")]
    ImpossibleBase {
        /// The tax.
        code: String,
        /// What it is reckoned on.
        base: String,
    },
    /// A tax would be reckoned on itself.
    #[error("these taxes are reckoned on one another: {codes}", codes = .codes.join(", "))]
    Cycle {
        /// The taxes of the circle and those on top of them.
        codes: Vec<String>,
    },
    /// Taxes on taxes on taxes on taxes.
    #[error("{code:?} is reckoned on a tax that is reckoned on a third already")]
    TooDeep {
        /// The last of them.
        code: String,
    },
    /// More than anybody can keep apart.
    #[error("there can be at most {most} taxes and as many fees")]
    TooMany {
        /// The most of each.
        most: usize,
    },
}
