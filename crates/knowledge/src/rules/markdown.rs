use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Block, BlockWriter};

/// The blocks of a Markdown text. HTML inside it and front matter are left out.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut writer = BlockWriter::default();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => writer.push(&text),
            Event::SoftBreak | Event::HardBreak => writer.push(" "),
            Event::Start(Tag::Heading { .. } | Tag::Item | Tag::Paragraph | Tag::TableRow) => {
                writer.end_text();
            }
            Event::End(end) => end_of(end, &mut writer),
            _ => {}
        }
    }
    writer.finish()
}

fn end_of(end: TagEnd, writer: &mut BlockWriter) {
    match end {
        TagEnd::Heading(level) => writer.end_heading(level as u8),
        TagEnd::TableCell => writer.push(" "),
        TagEnd::MetadataBlock(_) => drop(writer.take()),
        TagEnd::Paragraph
        | TagEnd::Item
        | TagEnd::CodeBlock
        | TagEnd::TableHead
        | TagEnd::TableRow => writer.end_text(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{heading, text};
    use super::*;

    #[test]
    fn headings_paragraphs_lists_and_tables_become_blocks() {
        let markdown = "---\nowner: Dana\n---\n# Pets\n\nDogs *and*\ncats.\n\n## Fees\n\n- $20 a night\n- no `deposit`\n  - none at all\n\n| Pet | Fee |\n|---|---|\n| Dog | $20 |\n\n<script>x</script>\n";
        assert_eq!(
            blocks(markdown),
            [
                heading(1, "Pets"),
                text("Dogs and cats."),
                heading(2, "Fees"),
                text("$20 a night"),
                text("no deposit"),
                text("none at all"),
                text("Pet Fee"),
                text("Dog $20"),
            ]
        );
    }
}
