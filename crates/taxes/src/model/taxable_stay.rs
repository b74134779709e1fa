use chrono::NaiveDate;
use motel_kernel::{Money, Party};

/// What fees and taxes go by.
#[derive(Debug, Clone, Copy)]
pub struct TaxableStay<'a> {
    /// Each night in order, at what it costs; tax that is included is still within it.
    pub nights: &'a [(NaiveDate, Money)],
    /// Who comes.
    pub party: Party,
    /// The ages of the children, as far as they are known. A child whose age is not told counts as
    /// [`UNTOLD_AGE`](Self::UNTOLD_AGE).
    pub child_ages: &'a [u8],
    /// What makes the stay special before the tax office: `business`.
    pub flags: &'a [String],
    /// How many units the nights are of; a reservation is one.
    pub units: u32,
}

impl TaxableStay<'_> {
    /// The age of a child that nobody told us of: nearly grown up, so that no exemption is given by mistake.
    pub const UNTOLD_AGE: u8 = 17;

    /// The age of each child of the party.
    pub(crate) fn children(&self) -> impl Iterator<Item = u8> {
        let told = self.child_ages.iter().copied();
        told.chain(std::iter::repeat(Self::UNTOLD_AGE))
            .take(self.party.children().into())
    }

    pub(crate) fn arrival(&self) -> Option<NaiveDate> {
        self.nights.first().map(|(date, _)| *date)
    }

    /// The place of a date in the stay; 0 is the first night.
    pub(crate) fn nth(&self, date: NaiveDate) -> Option<usize> {
        self.nights.iter().position(|(night, _)| *night == date)
    }
}
