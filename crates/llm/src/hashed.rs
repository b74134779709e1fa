use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::embedder::normalise;
use crate::word_form::{stem, words};
use crate::{EmbedError, Embedder, Likeness};

const DIMENSIONS: usize = 512;
const WORD: f32 = 1.0;
const STEM: f32 = 1.2;
const LETTERS: f32 = 0.35;

/// The built-in model: words, word stems and groups of letters, hashed. Needs no key, no network and no file.
///
/// Any change to what it computes needs a new [`Embedder::model`] name, because vectors are stored.
#[derive(Debug, Clone, Copy, Default)]
pub struct HashedEmbedder;

#[async_trait]
impl Embedder for HashedEmbedder {
    fn model(&self) -> &str {
        "hashed-512-v1"
    }

    fn dimensions(&self) -> usize {
        DIMENSIONS
    }

    fn likeness(&self) -> Likeness {
        Likeness {
            unrelated: 0.08,
            same: 0.50,
        }
    }

    fn knows_meaning(&self) -> bool {
        false
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        Ok(texts.iter().map(|text| embed_one(text)).collect())
    }
}

/// A feature of a text; the letter in front keeps a stem apart from the same letters as a word.
type Features = BTreeMap<String, (f32, usize)>;

#[expect(clippy::float_arithmetic, reason = "vector maths")]
fn embed_one(text: &str) -> Vec<f32> {
    let mut vector = vec![0.0_f32; DIMENSIONS];
    for (feature, (weight, times)) in features(text) {
        let hash = hash(feature.as_bytes());
        // The low bits choose the place, the top bit the sign, so that features sharing a place cancel out on average.
        let sign = if hash >> 63 == 0 { 1.0 } else { -1.0 };
        let place = usize::try_from(hash % DIMENSIONS as u64).unwrap_or_default();
        if let Some(slot) = vector.get_mut(place) {
            *slot += sign * weight * dampened(times);
        }
    }
    normalise(&mut vector);
    vector
}

fn features(text: &str) -> Features {
    let mut features = Features::new();
    let mut add = |feature: String, weight| {
        features.entry(feature).or_insert((weight, 0)).1 += 1;
    };
    for word in words(text) {
        add(format!("s{}", stem(&word)), STEM);
        for group in letter_groups(&word) {
            add(format!("g{group}"), LETTERS);
        }
        add(format!("w{word}"), WORD);
    }
    features
}

/// Groups of four letters, with marks for where the word begins and ends; they forgive typing errors and endings.
fn letter_groups(word: &str) -> Vec<String> {
    const SIZE: usize = 4;
    let letters: Vec<char> = format!("<{word}>").chars().collect();
    letters
        .windows(SIZE)
        .map(|group| group.iter().collect())
        .collect()
}

/// A word said four times is not four times as much what the text is about.
#[expect(clippy::float_arithmetic, reason = "vector maths")]
fn dampened(times: usize) -> f32 {
    1.0 + f32::from(u16::try_from(times).unwrap_or(u16::MAX)).ln()
}

/// FNV-1a, then mixed: the standard library's hasher may change between releases and this one must not.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::float_arithmetic)]
    use proptest::prelude::*;

    use super::*;
    use crate::cosine;

    fn close(a: &str, b: &str) -> f32 {
        cosine(&embed_one(a), &embed_one(b))
    }

    #[test]
    fn the_hash_is_the_same_on_every_machine() {
        // Computed with a second implementation, in another language.
        assert_eq!(hash(b""), 0xfdbdf6ac4fc52e7f);
        assert_eq!(hash(b"wdogs"), 0x224b8c0f766145dd);
        let vector = embed_one("xyz");
        let filled: Vec<_> = (0..DIMENSIONS)
            .filter(|place| vector[*place] != 0.0)
            .collect();
        assert_eq!(filled, [149, 315, 357, 383]);
    }

    #[test]
    fn texts_on_the_same_thing_are_closer() {
        assert!(close("are dogs allowed", "a dog is allowed") > 0.5);
        assert!(close("are dogs allowed", "where can I park my car") < 0.2);
        assert!(
            close("breakfast hours", "when is brekfast")
                > close("breakfast hours", "when is check-out")
        );
    }

    #[test]
    fn a_text_without_a_word_has_no_direction() {
        assert!(embed_one("?!").iter().all(|x| *x == 0.0));
    }

    proptest! {
        #[test]
        fn every_vector_has_length_one_or_none(text in "\\PC{0,200}") {
            let vector = embed_one(&text);
            let length: f32 = vector.iter().map(|x| x * x).sum();
            prop_assert_eq!(vector.len(), DIMENSIONS);
            prop_assert!(length == 0.0 || (length - 1.0).abs() < 1e-4);
        }

        #[test]
        fn the_same_text_gives_the_same_vector(text in "\\PC{0,200}") {
            prop_assert_eq!(embed_one(&text), embed_one(&text));
        }
    }
}
