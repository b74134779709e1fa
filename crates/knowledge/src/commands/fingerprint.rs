use sha2::{Digest, Sha256};

use crate::{Contents, NewDocument};

/// Part of every fingerprint. Raise it when the same file would become other passages, so that all are read again.
const READING: &str = "3";

/// What decides what becomes of a document: itself, how it is read, and the model.
pub(super) fn fingerprint(document: &NewDocument<'_>, model: &str) -> Vec<u8> {
    let (first, second) = match document.contents {
        Contents::File { bytes, name, .. } => (name.as_bytes(), bytes),
        Contents::Answer { question, answer } => (question.as_bytes(), answer.as_bytes()),
    };
    digest(&[
        READING.as_bytes(),
        model.as_bytes(),
        document.source.as_bytes(),
        first,
        second,
    ])
}

/// What decides the vector of a text.
pub(super) fn text_digest(model: &str, text: &str) -> Vec<u8> {
    digest(&[model.as_bytes(), text.as_bytes()])
}

fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        // The length keeps the end of one part from passing for the beginning of the next.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}
