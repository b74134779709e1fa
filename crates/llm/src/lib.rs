#![doc = include_str!("../README.md")]

mod embedder;
mod error;
mod hashed;
mod openai;
mod word_form;

pub use embedder::{Embedder, Likeness, cosine};
pub use error::EmbedError;
pub use hashed::HashedEmbedder;
pub use openai::{OpenAiEmbedder, OpenAiSettings};
