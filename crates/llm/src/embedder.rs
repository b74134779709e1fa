use async_trait::async_trait;

use crate::EmbedError;

/// Turns texts into vectors of one length, so that close texts get close directions.
#[async_trait]
pub trait Embedder: Send + Sync {
    /// Names what makes the vectors. Vectors of different names must not be compared.
    fn model(&self) -> &str;

    /// How many numbers a vector has.
    fn dimensions(&self) -> usize;

    /// How this model's cosines are to be read.
    fn likeness(&self) -> Likeness;

    /// Whether it knows what words mean, so that "dog" and "pet" are close. Who searches trusts such a model more.
    fn knows_meaning(&self) -> bool {
        true
    }

    /// One vector of length 1 for each text, in the order of the texts. Texts must not be empty.
    ///
    /// # Errors
    /// When a service behind it cannot be reached, refuses, or answers with something else than was asked for.
    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError>;
}

/// Where a model's cosines begin to mean something and where they stop to mean more. Models differ: for one 0.3 is a good
/// match, for another that is chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// The cosine that a question and a passage about something else commonly have.
    pub unrelated: f64,
    /// The cosine that a question and the passage answering it reach at best.
    pub same: f64,
}

impl Likeness {
    /// A cosine on the scale from 0 (unrelated) to 1 (as close as it gets).
    #[expect(
        clippy::float_arithmetic,
        reason = "likeness is a measure, not a figure of the business"
    )]
    pub fn of(self, cosine: f64) -> f64 {
        ((cosine - self.unrelated) / (self.same - self.unrelated)).clamp(0.0, 1.0)
    }
}

/// The cosine of the angle between two vectors: 1 same direction, 0 nothing in common. Vectors of different length have
/// nothing in common.
#[expect(clippy::float_arithmetic, reason = "vector maths")]
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    if a.len() != b.len() {
        return 0.0;
    }
    let dot: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    let lengths = length(a) * length(b);
    if lengths == 0.0 { 0.0 } else { dot / lengths }
}

#[expect(clippy::float_arithmetic, reason = "vector maths")]
fn length(vector: &[f32]) -> f32 {
    vector.iter().map(|x| x * x).sum::<f32>().sqrt()
}

/// Scales a vector to length 1; a vector of zeros stays as it is.
#[expect(clippy::float_arithmetic, reason = "vector maths")]
pub(crate) fn normalise(vector: &mut [f32]) {
    let length = length(vector);
    if length > 0.0 {
        for x in vector {
            *x /= length;
        }
    }
}
