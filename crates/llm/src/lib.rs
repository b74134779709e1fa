#![doc = include_str!("../README.md")]

pub mod chat;
mod embedder;
mod error;
mod hashed;
mod openai;
mod outward;
#[cfg(feature = "testing")]
pub mod testing;
mod word_form;

pub use embedder::{Embedder, Likeness, cosine};
pub use error::EmbedError;
pub use hashed::HashedEmbedder;
pub use openai::{OpenAiEmbedder, OpenAiSettings};
pub use outward::{Address, InvalidAddress, Reach};
