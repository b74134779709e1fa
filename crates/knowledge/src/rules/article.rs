use super::{Block, Unfit, csv_table, docx, html, markdown, pdf, plain_text};
use crate::{Contents, Format};

/// The most characters of a passage: a few paragraphs, as much as one would read out as an answer.
const PIECE_LENGTH: usize = 1_000;
const TITLE_LENGTH: usize = 300;
const HEADING_LENGTH: usize = 600;
/// So many headings are no document of a house.
const MOST_SECTIONS: usize = 6_000;
/// The most characters of a document: as many as a version keeps.
const LONGEST: usize = 4_000_000;

/// A document as sections under headings.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Article {
    pub(crate) title: String,
    sections: Vec<Section>,
}

#[derive(Debug, PartialEq, Eq)]
struct Section {
    heading: String,
    paragraphs: Vec<String>,
}

/// A part of a section that becomes a passage.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) heading: String,
    /// What the piece is about, for finding it: its heading; the title where the document is nothing but this.
    pub(crate) subject: String,
    pub(crate) body: String,
}

impl Article {
    /// The article a document holds. The name of a file is its title where it has no heading.
    pub(crate) fn of(contents: &Contents<'_>) -> Result<Self, Unfit> {
        match contents {
            Contents::File {
                format,
                name,
                bytes,
            } => Self::parse(*format, name, bytes),
            Contents::Answer { question, answer } => Self::answer(question, answer),
        }
    }

    fn parse(format: Format, name: &str, bytes: &[u8]) -> Result<Self, Unfit> {
        let blocks = match format {
            Format::Markdown => markdown::blocks(&text(bytes)?),
            Format::Html => html::bounded_blocks(&text(bytes)?)?,
            Format::Text => plain_text::blocks(&text(bytes)?),
            Format::Csv => csv_table::blocks(&text(bytes)?, name)?,
            Format::Docx => docx::blocks(bytes)?,
            Format::Pdf => pdf::blocks(bytes)?,
        };
        Self::from_blocks(blocks, name)
    }

    /// A question, which is the title, and its answer.
    fn answer(question: &str, answer: &str) -> Result<Self, Unfit> {
        let answer = answer.replace(['\0', '\r'], "");
        let question = question.replace('\0', "");
        let question: Vec<&str> = question.split_whitespace().collect();
        let title = Block::Heading {
            level: 1,
            text: question.join(" "),
        };
        let paragraphs = answer.split("\n\n").map(str::trim);
        let texts = paragraphs.filter(|paragraph| !paragraph.is_empty());
        let texts = texts.map(|text| Block::Text(text.to_owned()));
        Self::from_blocks(std::iter::once(title).chain(texts).collect(), "")
    }

    /// What it says, as Markdown.
    pub(crate) fn to_markdown(&self) -> String {
        let mut markdown = format!("# {}\n", self.title);
        for section in &self.sections {
            if !section.heading.is_empty() {
                markdown.push_str(&format!("\n## {}\n", section.heading));
            }
            for paragraph in &section.paragraphs {
                markdown.push_str(&format!("\n{paragraph}\n"));
            }
        }
        markdown
    }

    /// What a document is refused for is counted while it is put together, so that none grows in memory first.
    fn from_blocks(blocks: Vec<Block>, name: &str) -> Result<Self, Unfit> {
        let too_much = Unfit("says too much for one document");
        let mut title = None;
        let mut above: Vec<(u8, String)> = Vec::new();
        let mut sections = vec![Section::under(&[])];
        let mut length = 0;
        for block in blocks {
            length += block.text().len() + 2;
            if sections.len() > MOST_SECTIONS || length > LONGEST {
                return Err(too_much);
            }
            match block {
                Block::Heading { text, .. } if title.is_none() => title = Some(text),
                Block::Heading { level, text } => {
                    above.retain(|(other, _)| *other < level);
                    above.push((level, text));
                    sections.push(Section::under(&above));
                }
                Block::Text(text) => {
                    if let Some(section) = sections.last_mut() {
                        section.paragraphs.push(text);
                    }
                }
            }
        }
        Ok(Self {
            title: cut(&title.unwrap_or_else(|| named(name)), TITLE_LENGTH),
            sections,
        })
    }

    /// The article in pieces, in order. No piece crosses a heading.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let written: Vec<&Section> = self
            .sections
            .iter()
            .filter(|section| !section.paragraphs.is_empty())
            .collect();
        let is_whole = written.len() == 1;
        let pieces = |section: &Section| {
            let is_untitled = is_whole && section.heading.is_empty();
            let subject = if is_untitled {
                &self.title
            } else {
                &section.heading
            };
            section.pieces(subject)
        };
        written.into_iter().flat_map(pieces).collect()
    }
}

impl Section {
    fn under(headings: &[(u8, String)]) -> Self {
        let path: Vec<&str> = headings.iter().map(|(_, text)| text.as_str()).collect();
        Self {
            heading: cut(&path.join(" › "), HEADING_LENGTH),
            paragraphs: Vec::new(),
        }
    }

    fn pieces(&self, subject: &str) -> Vec<Piece> {
        let mut bodies: Vec<String> = Vec::new();
        for paragraph in self
            .paragraphs
            .iter()
            .flat_map(|paragraph| split(paragraph))
        {
            match bodies.last_mut() {
                Some(body) if body.chars().count() + paragraph.chars().count() < PIECE_LENGTH => {
                    body.push_str("\n\n");
                    body.push_str(&paragraph);
                }
                _ => bodies.push(paragraph),
            }
        }
        bodies
            .into_iter()
            .map(|body| Piece {
                heading: self.heading.clone(),
                subject: subject.to_owned(),
                body,
            })
            .collect()
    }
}

/// A long paragraph in parts, cut between words where there are any.
fn split(paragraph: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut length = 0;
    for word in paragraph.split_inclusive(' ').flat_map(in_short_words) {
        let letters = word.chars().count();
        if length + letters > PIECE_LENGTH {
            parts.push(String::new());
            length = 0;
        }
        length += letters;
        if let Some(part) = parts.last_mut() {
            part.push_str(&word);
        }
    }
    parts
        .iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Nobody writes words this long, but files may hold them.
fn in_short_words(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters
        .chunks(PIECE_LENGTH)
        .map(|part| part.iter().collect())
        .collect()
}

/// The text of a file. PostgreSQL's text cannot hold U+0000; a byte-order mark is no part of the text.
fn text(bytes: &[u8]) -> Result<String, Unfit> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unfit("is not UTF-8 text"))?;
    Ok(text.trim_start_matches('\u{feff}').replace('\0', ""))
}

/// A file's name as a title.
fn named(name: &str) -> String {
    let title = name.replace(['-', '_'], " ");
    let title = title.trim();
    if title.is_empty() { "Untitled" } else { title }.to_owned()
}

fn cut(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    fn pieces(markdown: &str) -> Vec<(String, String)> {
        let article = Article::parse(Format::Markdown, "some-file", markdown.as_bytes()).unwrap();
        article
            .pieces()
            .into_iter()
            .map(|piece| (piece.heading, piece.body))
            .collect()
    }

    fn pair(heading: &str, body: &str) -> (String, String) {
        (heading.to_owned(), body.to_owned())
    }

    #[test]
    fn a_piece_knows_the_headings_above_it() {
        let markdown = "# Pets\n\nWelcome.\n\n## Fees\n\n### Dogs\n\n$20\n\n### Cats\n\n$20 too\n\n## Where\n\nIn 105.";
        assert_eq!(
            pieces(markdown),
            [
                pair("", "Welcome."),
                pair("Fees › Dogs", "$20"),
                pair("Fees › Cats", "$20 too"),
                pair("Where", "In 105."),
            ]
        );
    }

    #[test]
    fn a_file_without_a_heading_is_called_by_its_name() {
        assert_eq!(
            Article::parse(Format::Text, "house_rules", b"Be kind.")
                .unwrap()
                .title,
            "house rules"
        );
        let latin = Article::parse(Format::Text, "a", b"caf\xe9");
        assert_eq!(latin, Err(Unfit("is not UTF-8 text")));
    }

    #[test]
    fn an_answer_is_found_by_its_question_and_reads_back_as_markdown() {
        let answer = "No.\n\nThe spa in town has one.";
        let article = Article::answer("Is there a half-price sauna?", answer).unwrap();
        let pieces = article.pieces();
        assert_eq!(pieces[0].subject, "Is there a half-price sauna?");
        assert_eq!(pieces[0].body, "No.\n\nThe spa in town has one.");
        assert_eq!(
            article.to_markdown(),
            "# Is there a half-price sauna?\n\nNo.\n\nThe spa in town has one.\n"
        );
    }

    #[test]
    fn short_paragraphs_stay_together_and_long_ones_are_cut_between_words() {
        let long = "word ".repeat(500);
        let pieces = pieces(&format!("# T\n\nOne.\n\nTwo.\n\n{long}"));
        assert_eq!(pieces[0].1, "One.\n\nTwo.");
        assert!(
            pieces[1..]
                .iter()
                .all(|(_, body)| body.chars().count() <= PIECE_LENGTH && body.ends_with("word"))
        );
    }

    #[test]
    fn what_says_too_much_is_refused_before_it_grows() {
        let deep = "###### b\nc\n".repeat(100_000);
        let refused = Article::parse(Format::Markdown, "deep", deep.as_bytes());
        assert_eq!(refused, Err(Unfit("says too much for one document")));
        let long = "word ".repeat(800_001);
        let refused = Article::parse(Format::Text, "long", long.as_bytes());
        assert_eq!(refused, Err(Unfit("says too much for one document")));
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_piece_too_long(words in proptest::collection::vec("a{1,1500}|[a-z]{1,9}", 0..12)) {
            let text = words.join(" ");
            let pieces = pieces(&text);
            let together: String = pieces.iter().map(|(_, body)| body.as_str()).collect();
            prop_assert_eq!(together.replace([' ', '\n'], ""), text.replace(' ', ""));
            prop_assert!(pieces.iter().all(|(_, body)| body.chars().count() <= 2 * PIECE_LENGTH));
        }

        #[test]
        fn any_text_in_any_format_is_read(text in "\\PC{0,400}", ending in "md|html|txt|csv") {
            let format = Format::of(&format!("name.{ending}")).unwrap();
            let article = Article::parse(format, "name", text.as_bytes()).unwrap();
            prop_assert!(article.pieces().iter().all(|piece| !piece.body.is_empty()));
        }
    }
}
