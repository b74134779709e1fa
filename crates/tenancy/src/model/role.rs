motel_db::text_enum! {
    /// What a member of the team is there for.
    pub enum Role {
        /// Whose business it is.
        Owner = "owner",
        /// Runs the house day by day.
        Manager = "manager",
        /// Receives guests and takes their money.
        FrontDesk = "front_desk",
        /// Cleans, inspects and mends rooms.
        Housekeeping = "housekeeping",
    }
}
