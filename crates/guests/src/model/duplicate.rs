use crate::Guest;

/// Two guests who may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The one who was heard of first.
    pub first: Guest,
    /// The other one.
    pub second: Guest,
    /// They gave the same telephone number.
    pub same_phone: bool,
    /// Their names have the same words, whatever their order, accents and case.
    pub same_name: bool,
}
