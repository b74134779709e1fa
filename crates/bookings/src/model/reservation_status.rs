motel_db::text_enum! {
    /// Where a reservation stands.
    pub enum ReservationStatus {
        /// Its nights are taken until the hold ends.
        Held = "held",
        /// It will take place.
        Confirmed = "confirmed",
        /// The guest is in the unit.
        InHouse = "in_house",
        /// The guest has left.
        CheckedOut = "checked_out",
        /// It was taken back.
        Cancelled = "cancelled",
        /// Nobody came.
        NoShow = "no_show",
        /// A hold that ended before it was confirmed.
        Expired = "expired",
    }
}

impl ReservationStatus {
    /// The states whose nights are counted as sold and whose unit nobody else gets.
    pub const TAKING: [Self; 4] = [Self::Held, Self::Confirmed, Self::InHouse, Self::CheckedOut];

    /// Whether its nights are counted as sold. A stay that is over keeps the nights it had.
    pub fn takes_nights(self) -> bool {
        Self::TAKING.contains(&self)
    }

    /// Whether its guests are here or may still come.
    pub fn is_to_come(self) -> bool {
        matches!(self, Self::Held | Self::Confirmed | Self::InHouse)
    }
}
