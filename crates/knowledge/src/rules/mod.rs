//! Pure rules: from a file to passages, from a question to a score.

mod article;
mod asking;
mod bare;
mod csv_table;
mod docx;
mod fusion;
mod html;
mod markdown;
mod misheard;
mod pdf;
mod plain_text;
mod rare;
mod relevance;
mod vocabulary;
mod words;

pub(crate) use article::{Article, Piece};
pub(crate) use asking::wanted;
pub(crate) use bare::bare;
pub(crate) use fusion::{Rank, fused, reciprocal};
use misheard::rejoin;
pub(crate) use rare::rarest;
pub(crate) use relevance::{Candidate, Found, Places, quieten_unknown, score, share_out};
pub(crate) use vocabulary::{Need, is_of_a_day, needs};
pub(crate) use words::fold;

/// What is wrong with a file that cannot be taken in, as the rest of "the file …".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit(pub(crate) &'static str);

/// What a document consists of, whatever its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading; level 1 is the highest.
    Heading { level: u8, text: String },
    /// A paragraph, a list item, a table row.
    Text(String),
}

impl Block {
    fn text(&self) -> &str {
        match self {
            Self::Heading { text, .. } | Self::Text(text) => text,
        }
    }
}

/// Collects running text into blocks.
#[derive(Default)]
struct BlockWriter {
    blocks: Vec<Block>,
    running: String,
}

impl BlockWriter {
    fn push(&mut self, text: &str) {
        self.running.push_str(text);
    }

    /// Ends the running text and answers it with single spaces.
    fn take(&mut self) -> String {
        let text = std::mem::take(&mut self.running);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn end_text(&mut self) {
        let text = self.take();
        if !text.is_empty() {
            self.blocks.push(Block::Text(text));
        }
    }

    fn end_heading(&mut self, level: u8) {
        let text = self.take();
        if !text.is_empty() {
            self.blocks.push(Block::Heading { level, text });
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_text();
        self.blocks
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::Block;

    pub(crate) fn heading(level: u8, text: &str) -> Block {
        Block::Heading {
            level,
            text: text.to_owned(),
        }
    }

    pub(crate) fn text(text: &str) -> Block {
        Block::Text(text.to_owned())
    }
}
