use serde::{Deserialize, Serialize};

use crate::understanding::{Tone, ToneHeard, is_angry, tone};

/// How a message sounds. Anger is none of the tones, and none is heard in it.
pub(crate) fn tone_of(message: &str) -> Option<ToneHeard> {
    tone(message).filter(|_| !is_angry(message))
}

/// In which tone a guest speaks, as far as it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Manner {
    tone: Option<Tone>,
    /// Another tone that was heard once since.
    leaning: Option<Tone>,
}

impl Manner {
    /// Takes in how a message sounds. The first tone is taken up, and worry at once; any other has to be heard twice. A bare answer to what
    /// was asked is short because it is an answer, so that it sounds direct tells nothing.
    pub(crate) fn hear(&mut self, heard: Option<ToneHeard>, answers: bool) {
        let Some(tone) = heard.and_then(ToneHeard::clear) else {
            return;
        };
        if answers && tone == Tone::Direct {
            return;
        }
        let at_once = tone == Tone::Anxious || self.tone.is_none_or(|known| known == tone);
        if at_once || self.leaning == Some(tone) {
            self.tone = Some(tone);
            self.leaning = None;
        } else {
            self.leaning = Some(tone);
        }
    }

    /// The tone to answer in: warm, as the house speaks, where none was heard.
    pub(crate) fn voice(self) -> Tone {
        self.tone.unwrap_or(Tone::Warm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(heard: &[(Tone, u8)]) -> Tone {
        let mut manner = Manner::default();
        for (tone, confidence) in heard {
            let heard = ToneHeard {
                tone: *tone,
                confidence: *confidence,
            };
            manner.hear(Some(heard), false);
        }
        manner.voice()
    }

    #[test]
    fn one_message_does_not_turn_the_tone_and_worry_does() {
        use Tone::{Anxious, Casual, Direct, Formal, Warm};
        for (heard, voice) in [
            (&[][..], Warm),
            (&[(Formal, 90)], Formal),
            (&[(Formal, 59)], Warm),
            (&[(Formal, 90), (Warm, 99)], Formal),
            (&[(Formal, 90), (Warm, 99), (Warm, 80)], Warm),
            (
                &[(Formal, 90), (Warm, 99), (Formal, 80), (Warm, 99)],
                Formal,
            ),
            (&[(Formal, 90), (Warm, 99), (Casual, 99)], Formal),
            (&[(Casual, 90), (Anxious, 70)], Anxious),
            (&[(Casual, 90), (Anxious, 50)], Casual),
            (&[(Anxious, 90), (Direct, 99)], Anxious),
            (&[(Anxious, 90), (Direct, 99), (Direct, 99)], Direct),
        ] {
            assert_eq!(after(heard), voice, "{heard:?}");
        }
    }

    #[test]
    fn anger_is_no_tone() {
        assert_eq!(
            tone_of("This is outrageous, you people ignored me all week!"),
            None
        );
        assert!(tone_of("How lovely, thank you so much!").is_some());
    }

    #[test]
    fn a_bare_answer_is_not_heard_as_direct() {
        let heard = |tone| {
            Some(ToneHeard {
                tone,
                confidence: 95,
            })
        };
        let mut manner = Manner::default();
        manner.hear(heard(Tone::Direct), true);
        assert_eq!(manner, Manner::default());
        manner.hear(heard(Tone::Casual), true);
        assert_eq!(manner.voice(), Tone::Casual);
    }
}
