use motel_inventory::{NightFree, UnitGroup};
use motel_kernel::{MoneyError, Party, StayDates};
use motel_tenancy::Property;

use super::selling::{fits, left};
use super::{Unpriced, price_stay};
use crate::{Charges, Offer, RateTable, Reason, SearchResult, Terms, Unavailable};

/// What a property has to sell within some window of dates, read once and asked as often as one likes.
pub(crate) struct Market<'a> {
    pub(crate) property: &'a Property,
    pub(crate) groups: Vec<(UnitGroup, Vec<NightFree>)>,
    pub(crate) rates: RateTable,
}

impl Market<'_> {
    /// An offer, or the reason why there is none, for every group.
    pub(crate) fn search(&self, stay: StayDates, party: Party) -> Result<SearchResult, MoneyError> {
        let mut result = SearchResult::default();
        for (group, free) in &self.groups {
            match self.offer(group, free, stay, party)? {
                Ok(offer) => result.offers.push(offer),
                Err(reason) => result.unavailable.push(Unavailable {
                    unit_group: group.clone(),
                    reason,
                }),
            }
        }
        Ok(result)
    }

    fn offer(
        &self,
        group: &UnitGroup,
        free: &[NightFree],
        stay: StayDates,
        party: Party,
    ) -> Result<Result<Offer, Reason>, MoneyError> {
        let available = fits(self.property, group, party).and_then(|()| left(free, stay));
        let available_count = match available {
            Ok(count) => count,
            Err(reason) => return Ok(Err(reason)),
        };
        let charges = Charges::of(self.property);
        let price = match price_stay(&self.rates, group.id, stay, party, &charges) {
            Ok(price) => price,
            Err(unpriced) => return Reason::try_from(unpriced).map(Err),
        };
        Ok(Ok(Offer {
            unit_group: group.clone(),
            available_count,
            price,
            terms: Terms::of(self.property, stay),
        }))
    }
}

impl TryFrom<Unpriced> for Reason {
    type Error = MoneyError;

    fn try_from(unpriced: Unpriced) -> Result<Self, MoneyError> {
        match unpriced {
            Unpriced::NoRate { night } => Ok(Self::NoRate { night }),
            Unpriced::MinimumStay { nights } => Ok(Self::MinimumStay { nights }),
            Unpriced::MaximumStay { nights } => Ok(Self::MaximumStay { nights }),
            Unpriced::Money(error) => Err(error),
        }
    }
}
