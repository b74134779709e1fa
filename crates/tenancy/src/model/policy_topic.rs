motel_db::text_enum! {
    /// What a policy is about.
    pub enum PolicyTopic {
        /// Cancelling, no-shows, refunds.
        Cancellation = "cancellation",
        /// Animals.
        Pets = "pets",
        /// Cars and charging them.
        Parking = "parking",
        /// Internet.
        Wifi = "wifi",
        /// Smoking and vaping.
        Smoking = "smoking",
        /// The morning meal.
        Breakfast = "breakfast",
        /// Children, cribs.
        Children = "children",
        /// Noise, visitors and parties.
        QuietHours = "quiet_hours",
        /// Coming after the desk has closed.
        LateArrival = "late_arrival",
        /// When and how to check in.
        CheckIn = "check_in",
        /// When to leave.
        CheckOut = "check_out",
        /// How to pay.
        Payment = "payment",
        /// Wheelchairs, steps, elevators.
        Accessibility = "accessibility",
        /// How short or long a stay may be.
        StayLength = "stay_length",
        /// How many people a dinner is cooked for.
        Guests = "guests",
        /// How far the cooks come.
        Travel = "travel",
    }
}

/// What a property says on a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyAnswer {
    /// The topic.
    pub topic: PolicyTopic,
    /// One or more sentences a guest may read as they stand.
    pub text: String,
}
