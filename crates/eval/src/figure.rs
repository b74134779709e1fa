//! What was reached, as rows of a table.

/// One measured figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The set and its file.
    pub set: String,
    /// What was measured.
    pub measure: &'static str,
    /// How much, as it is printed.
    pub value: String,
}

/// The figures as a table of three columns.
pub fn table(figures: &[Figure]) -> String {
    let width = |of: fn(&Figure) -> usize| figures.iter().map(of).max().unwrap_or(0);
    let (set, measure) = (
        width(|figure| figure.set.len()),
        width(|figure| figure.measure.len()),
    );
    figures
        .iter()
        .map(|figure| {
            format!(
                "{:set$}  {:measure$}  {}\n",
                figure.set, figure.measure, figure.value
            )
        })
        .collect()
}
