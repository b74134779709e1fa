#![doc = include_str!("../README.md")]

mod bert;
mod embedder;
mod folder;
mod settings;

pub use embedder::LocalEmbedder;
