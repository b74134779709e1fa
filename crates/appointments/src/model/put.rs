/// What came of a put: the row as it stands now, and whether it had to be written.
///
/// Putting the same again writes nothing, so a seed can run as often as it likes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put<T> {
    /// The row as it stands now.
    pub row: T,
    /// True when the row was new or different before.
    pub changed: bool,
}
