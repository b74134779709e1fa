use motel_kernel::{BasisPoints, Money};

motel_db::text_enum! {
    /// How often a flat amount is charged.
    pub enum Per {
        /// Once.
        Stay = "stay",
        /// For each night.
        Night = "night",
        /// For each guest, once.
        Person = "person",
        /// For each guest and night.
        PersonNight = "person_night",
        /// For each unit, once.
        Unit = "unit",
        /// For each unit and night.
        UnitNight = "unit_night",
        /// For each pet, once.
        Pet = "pet",
        /// For each pet and night.
        PetNight = "pet_night",
    }
}

/// How much a tax or a fee is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// A share of the price: of the net price for a tax, of the night for a fee.
    Percent(BasisPoints),
    /// An amount, so and so often.
    Flat {
        /// Each time; never below zero.
        amount: Money,
        /// How often.
        per: Per,
    },
}

impl Per {
    /// True when each night is charged by itself; false for what is charged once for the whole stay.
    pub fn is_nightly(self) -> bool {
        matches!(
            self,
            Self::Night | Self::PersonNight | Self::UnitNight | Self::PetNight
        )
    }

    /// True when it counts people, so that their ages bear on it.
    pub fn counts_people(self) -> bool {
        matches!(self, Self::Person | Self::PersonNight)
    }
}
