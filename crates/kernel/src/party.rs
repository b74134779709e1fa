//! Who comes along.

use serde::{Deserialize, Serialize};

/// The people and animals of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Counts", into = "Counts")]
pub struct Party {
    adults: u8,
    children: u8,
    pets: u8,
}

/// Why these counts are not a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidParty {
    /// Somebody has to hold the key.
    #[error("at least one adult has to stay")]
    NoAdult,
    /// More than any one booking takes.
    #[error("at most {max} {what} can stay in one booking", max = Party::MAX)]
    TooMany {
        /// `adults`, `children` or `pets`.
        what: &'static str,
    },
}

#[derive(Serialize, Deserialize)]
struct Counts {
    adults: i64,
    #[serde(default)]
    children: i64,
    #[serde(default)]
    pets: i64,
}

impl Party {
    /// The most adults, children or pets anybody may ask for.
    pub const MAX: u8 = 20;

    /// A party of at least one adult and no more than [`Party::MAX`] of each kind.
    pub fn new(adults: i64, children: i64, pets: i64) -> Result<Self, InvalidParty> {
        if adults < 1 {
            return Err(InvalidParty::NoAdult);
        }
        Ok(Self {
            adults: bounded(adults, "adults")?,
            children: bounded(children, "children")?,
            pets: bounded(pets, "pets")?,
        })
    }

    /// Grown-ups, at least one.
    pub fn adults(self) -> u8 {
        self.adults
    }

    /// Children.
    pub fn children(self) -> u8 {
        self.children
    }

    /// Dogs, cats and the like.
    pub fn pets(self) -> u8 {
        self.pets
    }

    /// Everybody who needs a place to sleep.
    pub fn guests(self) -> u8 {
        self.adults + self.children
    }
}

fn bounded(count: i64, what: &'static str) -> Result<u8, InvalidParty> {
    match u8::try_from(count) {
        Ok(count) if count <= Party::MAX => Ok(count),
        _ => Err(InvalidParty::TooMany { what }),
    }
}

impl TryFrom<Counts> for Party {
    type Error = InvalidParty;

    fn try_from(counts: Counts) -> Result<Self, Self::Error> {
        Self::new(counts.adults, counts.children, counts.pets)
    }
}

impl From<Party> for Counts {
    fn from(party: Party) -> Self {
        Self {
            adults: party.adults.into(),
            children: party.children.into(),
            pets: party.pets.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_minus_one_and_crowds_are_refused() {
        assert_eq!(Party::new(0, 2, 0), Err(InvalidParty::NoAdult));
        assert_eq!(Party::new(-1, 0, 0), Err(InvalidParty::NoAdult));
        assert_eq!(
            Party::new(2, -1, 0),
            Err(InvalidParty::TooMany { what: "children" })
        );
        assert_eq!(
            Party::new(21, 0, 0),
            Err(InvalidParty::TooMany { what: "adults" })
        );
        assert_eq!(Party::new(2, 1, 1).map(Party::guests), Ok(3));
    }
}
