//! How something is said: one of five tones, by a small linear model over words and marks.
//!
//! The weights are trained on sentences written for this project (`fixtures/tone`) by the example `train_tone`, and lie beside this file. They
//! are scaled so that a confidence of 80 is right about four times in five.

mod features;
mod weights;

use serde::{Deserialize, Serialize};

use self::weights::{TONES, WEIGHTS};

pub use self::features::tone_features;

/// A way to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As in letters.
    Formal,
    /// As among friends.
    Casual,
    /// The matter and nothing else.
    Direct,
    /// With joy or affection.
    Warm,
    /// Worried.
    Anxious,
}

impl Tone {
    /// Every tone, in the order of the weights.
    pub const ALL: [Self; TONES] = [
        Self::Formal,
        Self::Casual,
        Self::Direct,
        Self::Warm,
        Self::Anxious,
    ];

    /// Its name in records and fixtures.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Formal => "formal",
            Self::Casual => "casual",
            Self::Direct => "direct",
            Self::Warm => "warm",
            Self::Anxious => "anxious",
        }
    }
}

/// The likeliest tone of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToneHeard {
    /// Which one.
    pub tone: Tone,
    /// How often somebody who says so is right, in percent.
    pub confidence: u8,
}

impl ToneHeard {
    /// Below this nobody's way to speak is followed.
    const LEAST: u8 = 60;

    /// The tone, where it is sure enough to be followed.
    pub fn clear(self) -> Option<Tone> {
        (self.confidence >= Self::LEAST).then_some(self.tone)
    }
}

/// How a message is said; nothing where it has no words.
pub fn tone(text: &str) -> Option<ToneHeard> {
    let features = tone_features(text);
    if features.is_empty() {
        return None;
    }
    let shares = WEIGHTS.shares(features.iter().map(String::as_str));
    let best = Tone::ALL.into_iter().zip(shares);
    let (tone, share) = best.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(ToneHeard {
        tone,
        confidence: percent(share),
    })
}

#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is a measure between 0 and 1"
)]
fn percent(share: f64) -> u8 {
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_anybody_hears_is_heard() {
        for (text, expected) in [
            (
                "Dear Sir, I would be grateful if you could confirm my reservation.",
                Tone::Formal,
            ),
            ("yo gotta crash somewhere tonite lol", Tone::Casual),
            ("Cancel the booking.", Tone::Direct),
            (
                "Thank you so much, you are wonderful, we can't wait!",
                Tone::Warm,
            ),
            ("I'm so worried, did the payment go through?", Tone::Anxious),
        ] {
            let heard = tone(text).unwrap();
            assert_eq!(heard.clear(), Some(expected), "{text}: {heard:?}");
        }
    }

    #[test]
    fn without_words_there_is_no_tone() {
        for silent in ["", "  ", "?!", "12", "🙃"] {
            assert_eq!(tone(silent), None, "{silent}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,200}") {
            prop_assert!(tone(&text).is_none_or(|heard| (20..=100).contains(&heard.confidence)));
        }
    }
}
