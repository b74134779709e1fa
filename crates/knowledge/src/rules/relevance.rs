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
    /// How much it counts beside the others: less where it is only told and not asked.
    pub(crate) share: f64,
    /// Whether any passage has it, or a word that passes for it.
    pub(crate) is_known: bool,
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
    /// Whether that likeness is one of meaning, and not only of letters.
    pub(crate) by_meaning: bool,
}

const FOR_ANOTHER_WORD: f64 = 0.8;

/// What coverage, heading and likeness come to together.
struct Shares {
    coverage: f64,
    heading: f64,
    likeness: f64,
}

const WITH_WORDS: Shares = Shares {
    coverage: 0.7,
    heading: 0.15,
    likeness: 0.15,
};
/// A model that knows what words mean is believed more, also where no word is shared.
const WITH_MEANING: Shares = Shares {
    coverage: 0.5,
    heading: 0.15,
    likeness: 0.35,
};

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
    let proof = coverage.sqrt();
    let (shares, likeness) = match candidate.by_meaning {
        true => (WITH_MEANING, candidate.likeness),
        false => (WITH_WORDS, candidate.likeness * proof),
    };
    let heading = candidate.heading_on_subject() * proof;
    (shares.coverage * coverage + shares.heading * heading + shares.likeness * likeness)
        .powf(SPREAD)
}

/// What is only told weighs less than what is asked.
pub(crate) fn share_out(question: &mut [Found]) {
    for word in question {
        word.weight *= word.share;
    }
}

/// What each further word counts that no passage knows, beside the one before.
const ONE_MORE_UNKNOWN: f64 = 0.7;

/// One word that nobody here knows may be the point of the question; many are a story, or what a speech recogniser made of one. So each
/// further one counts less.
pub(crate) fn quieten_unknown(question: &mut [Found]) {
    let mut unknown: Vec<&mut Found> = question.iter_mut().filter(|word| !word.is_known).collect();
    unknown.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut share = 1.0;
    for word in unknown {
        word.weight *= share;
        share *= ONE_MORE_UNKNOWN;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn word(stem: &str, is_known: bool) -> Found {
        Found {
            weight: 2.0,
            stem: stem.to_owned(),
            others: Vec::new(),
            share: 1.0,
            is_known,
        }
    }

    fn speaks_of(stem: &str, likeness: f64, by_meaning: bool) -> Candidate {
        let body = Places {
            body: true,
            ..Places::default()
        };
        Candidate {
            stems: vec![(stem.to_owned(), body)],
            heading_words: 3,
            likeness,
            by_meaning,
        }
    }

    #[test]
    fn many_unknown_words_do_not_hide_the_one_that_is_known() {
        let mut noisy: Vec<Found> = ["um1", "um2", "um3", "um4"]
            .map(|stem| word(stem, false))
            .into();
        noisy.push(word("sauna", true));
        let before = score(&noisy, &speaks_of("sauna", 0.0, false));
        quieten_unknown(&mut noisy);
        let after = score(&noisy, &speaks_of("sauna", 0.0, false));
        assert!(after > before, "{after} {before}");
        assert!(noisy.last().is_some_and(|word| word.weight >= 2.0));
    }

    #[test]
    fn likeness_of_letters_proves_nothing_and_likeness_of_meaning_something() {
        let asked = [word("sauna", true)];
        assert!(score(&asked, &speaks_of("pool", 1.0, false)) <= 0.0);
        assert!(score(&asked, &speaks_of("pool", 1.0, true)) > 0.4);
    }
}
