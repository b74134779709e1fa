//! Pure rules: which offer fits, and what conditions say in words.

mod fits;
mod in_words;
mod starts;

pub use fits::{Facts, fitting};
pub use in_words::condition_words;
pub use starts::starts;
