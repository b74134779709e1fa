use super::Block;

/// Longer than this and a line is no heading.
const HEADING_LENGTH: usize = 100;

/// The blocks of a plain text: paragraphs are parted by empty lines, and a line that stands alone without a full stop is a
/// heading, the first one the title.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        if !line.is_empty() {
            paragraph.push(line);
        } else if !paragraph.is_empty() {
            let block = block(&paragraph, blocks.is_empty());
            blocks.push(block);
            paragraph.clear();
        }
    }
    blocks
}

fn block(paragraph: &[&str], is_first: bool) -> Block {
    match paragraph {
        [line] if is_heading(line) => Block::Heading {
            level: if is_first { 1 } else { 2 },
            text: (*line).to_owned(),
        },
        lines => Block::Text(lines.join(" ")),
    }
}

fn is_heading(line: &str) -> bool {
    line.chars().count() <= HEADING_LENGTH && !line.ends_with(['.', '!', ',', ';', ':', ')'])
}

#[cfg(test)]
mod tests {
    use super::super::testing::{heading, text};
    use super::*;

    #[test]
    fn lone_lines_are_headings() {
        let plain = "Smoking\r\n\r\nNo smoking here.\n\nCan I smoke\noutside, then?\n\nWhere?\n\nAt the\neast end.";
        assert_eq!(
            blocks(plain),
            [
                heading(1, "Smoking"),
                text("No smoking here."),
                text("Can I smoke outside, then?"),
                heading(2, "Where?"),
                text("At the east end."),
            ]
        );
    }
}
