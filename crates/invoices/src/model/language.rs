motel_db::text_enum! {
    /// What a document is written in (ISO 639-1).
    pub enum Language {
        /// English.
        En = "en",
        /// German.
        De = "de",
        /// Spanish.
        Es = "es",
        /// French.
        Fr = "fr",
    }
}
