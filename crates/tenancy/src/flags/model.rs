use diesel_derive_newtype::DieselNewType;

motel_db::text_enum! {
    /// Something of the program that the operator can switch on and off while it runs, for some businesses or all.
    pub enum Flag {
        /// Guests can write to the front desk on the business's pages, and are answered there.
        GuestChat = "guest_chat",
    }
}

impl Flag {
    /// For how many it is on while the operator has not said anything.
    pub fn default_share(self) -> Percent {
        match self {
            Self::GuestChat => Percent::ALL,
        }
    }

    /// What it switches, in a line.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::GuestChat => "the chat on the guests' pages",
        }
    }
}

/// A share of the businesses, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, DieselNewType)]
pub struct Percent(i16);

impl Percent {
    /// Nobody.
    pub const NONE: Self = Self(0);
    /// Everybody.
    pub const ALL: Self = Self(100);

    /// `None` above a hundred.
    pub fn new(percent: u8) -> Option<Self> {
        (percent <= 100).then(|| Self(percent.into()))
    }

    /// How many of a hundred.
    pub fn get(self) -> i16 {
        self.0
    }
}

/// What is switched on for one business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(u64);

impl Flags {
    /// Whether it is on.
    pub fn has(self, flag: Flag) -> bool {
        self.0 & bit(flag) != 0
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        Self(flags.into_iter().map(bit).fold(0, std::ops::BitOr::bitor))
    }
}

const fn bit(flag: Flag) -> u64 {
    1 << flag as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_a_hundred() {
        assert_eq!(Percent::new(100), Some(Percent::ALL));
        assert_eq!(Percent::new(0), Some(Percent::NONE));
        assert_eq!(Percent::new(101), None);
    }

    #[test]
    fn what_was_put_in_is_on_and_nothing_else() {
        let on: Flags = [Flag::GuestChat].into_iter().collect();
        assert!(on.has(Flag::GuestChat) && !Flags::default().has(Flag::GuestChat));
        assert!("guest_cat".parse::<Flag>().is_err());
    }
}
