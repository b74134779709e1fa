/// What became of a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IngestSummary {
    /// Files that are new or changed and were taken in.
    pub read: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Documents whose file is gone.
    pub removed: usize,
    /// Passages written for the files that were taken in.
    pub passages: usize,
    /// Files of a kind that is not taken in.
    pub ignored: usize,
}

/// One file is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IngestStep<'a> {
    /// The file's path inside the folder.
    pub source: &'a str,
    /// How many files are done, this one included.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}
