use motel_tenancy::PolicyAnswer;

use crate::Passage;

/// What the business says to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Passages of its documents, best first; never empty.
    Knowledge(Vec<Passage>),
    /// No passage could be relied on, but the property has a rule on the subject.
    Policy(PolicyAnswer),
    /// Neither knows anything.
    Nothing,
}
