//! How well a passage fits a question: the share of the question it speaks of, mixed with the likeness of the vectors.
#![expect(
    clippy::float_arithmetic,
    reason = "a score is a measure, not a figure of the business"
)]

/// Where in a passage a word stands; it may stand in several places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) heading: bool,
    pub(crate) title: bool,
    pub(crate) body: bool,
}

/// A word of the question as the passages know it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// How much of the question hangs on it: the rarer, the more.
    pub(crate) weight: f64,
    /// The stem of the word itself.
    pub(crate) stem: String,
    /// Stems of words that pass for it.
    pub(crate) others: Vec<String>,
}

/// What is known of a passage that may answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidate {
    /// The stems of the question, and of words passing for them, that occur in it, and where.
    pub(crate) stems: Vec<(String, Places)>,
    /// How many telling words its heading has.
    pub(crate) heading_words: usize,
    /// Likeness of its vector to the question's, 0 to 1.
    pub(crate) likeness: f64,
}

const FOR_ANOTHER_WORD: f64 = 0.8;
const SHARE_OF_COVERAGE: f64 = 0.75;
const SHARE_OF_HEADING: f64 = 0.1;
const SHARE_OF_LIKENESS: f64 = 0.15;

/// Brings the sum onto the scale of the tiers. Measured with the built-in model on the demo motel's questions: questions
/// about something else stay below 0.5, good answers come above 0.7.
const SPREAD: f64 = 0.6;

/// 0: nothing in common; 1: it speaks of everything that was asked and of nothing else.
pub(crate) fn score(question: &[Found], candidate: &Candidate) -> f64 {
    let all: f64 = question.iter().map(|word| word.weight).sum();
    if all <= 0.0 {
        return 0.0;
    }
    let spoken_of: f64 = question
        .iter()
        .map(|word| word.weight * candidate.speaks_of(word))
        .sum();
    let coverage = spoken_of / all;
    // What a heading or letters have in common with the question proves nothing by itself.
    let aside =
        SHARE_OF_HEADING * candidate.heading_on_subject() + SHARE_OF_LIKENESS * candidate.likeness;
    (SHARE_OF_COVERAGE * coverage + aside * coverage.sqrt()).powf(SPREAD)
}

impl Candidate {
    fn speaks_of(&self, word: &Found) -> f64 {
        let own = self.places(&word.stem).map_or(0.0, Places::worth);
        let others = word
            .others
            .iter()
            .filter_map(|stem| self.places(stem))
            .map(Places::worth);
        others
            .map(|worth| worth * FOR_ANOTHER_WORD)
            .fold(own, f64::max)
    }

    fn places(&self, stem: &str) -> Option<Places> {
        self.stems
            .iter()
            .find(|(other, _)| other == stem)
            .map(|(_, places)| *places)
    }

    /// The share of the heading that was asked about.
    #[expect(clippy::cast_precision_loss, reason = "headings are short")]
    fn heading_on_subject(&self) -> f64 {
        let asked = self.stems.iter().filter(|(_, places)| places.heading);
        (asked.count() as f64 / self.heading_words.max(1) as f64).min(1.0)
    }
}

impl Places {
    /// Each place adds its part of what the others leave open.
    fn worth(self) -> f64 {
        let left = |stands: bool, worth: f64| if stands { 1.0 - worth } else { 1.0 };
        1.0 - left(self.heading, 0.8) * left(self.title, 0.5) * left(self.body, 0.6)
    }
}
