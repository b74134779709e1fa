use std::fs::File;
use std::io::Read;
use std::path::Path;

use motel_llm::EmbedError;
use tokenizers::{Tokenizer, TruncationParams};

use crate::settings::{Lengths, Pooling, Shape, read, refused};

const LARGEST_WEIGHTS: u64 = 1024 * 1024 * 1024;
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// What lies in the folder of a sentence transformer.
pub(crate) struct Folder {
    pub(crate) shape: Shape,
    pub(crate) pooling: Pooling,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) weights: Vec<u8>,
}

impl Folder {
    /// Reads the folder whole.
    pub(crate) fn read(dir: &Path) -> Result<Self, EmbedError> {
        let file = |name: &str| needed(dir, name, LARGEST_FILE);
        let shape: Shape = read(&file("config.json")?, "config.json")?;
        shape.check()?;
        let pooling = Pooling::of(optional(dir, "1_Pooling/config.json")?.as_deref())?;
        let lengths = match optional(dir, "sentence_bert_config.json")? {
            Some(bytes) => read(&bytes, "sentence_bert_config.json")?,
            None => Lengths::default(),
        };
        let tokenizer = tokenizer(&file("tokenizer.json")?, shape.length(&lengths))?;
        Ok(Self {
            weights: needed(dir, "model.safetensors", LARGEST_WEIGHTS)?,
            shape,
            pooling,
            tokenizer,
        })
    }
}

/// Cuts texts at the model's length and fills none up: each is computed by itself.
fn tokenizer(bytes: &[u8], length: usize) -> Result<Tokenizer, EmbedError> {
    let unreadable = |error| refused(format!("a tokenizer.json that is unreadable: {error}"));
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(unreadable)?;
    let cut = TruncationParams {
        max_length: length,
        ..TruncationParams::default()
    };
    tokenizer
        .with_truncation(Some(cut))
        .map_err(unreadable)?
        .with_padding(None);
    Ok(tokenizer)
}

fn needed(dir: &Path, name: &str, most: u64) -> Result<Vec<u8>, EmbedError> {
    file(dir, name, most)?.ok_or_else(|| refused(format!("no {name}")))
}

fn optional(dir: &Path, name: &str) -> Result<Option<Vec<u8>>, EmbedError> {
    file(dir, name, LARGEST_FILE)
}

/// No more than `most` is ever read, whatever the folder says of the file's size.
fn file(dir: &Path, name: &str, most: u64) -> Result<Option<Vec<u8>>, EmbedError> {
    let unreadable =
        |error| EmbedError::Settings(format!("{name} of the local model cannot be read: {error}"));
    let opened = match File::open(dir.join(name)) {
        Ok(opened) => opened,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let mut bytes = Vec::new();
    let mut bounded = opened.take(most.saturating_add(1));
    bounded.read_to_end(&mut bytes).map_err(unreadable)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
        return Err(refused(format!(
            "a {name} that is larger than {} MiB",
            most / 1024 / 1024
        )));
    }
    Ok(Some(bytes))
}
