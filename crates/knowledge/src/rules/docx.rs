//! Text documents of word processors: a ZIP with XML in it. What is unpacked is bounded, whatever the archive says of itself.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::{Block, BlockWriter, Unfit};

/// The most that a part is unpacked to: a thousand pages of text have less.
const MOST_XML: u64 = 16 * 1024 * 1024;
const BROKEN: Unfit = Unfit("is no readable document of a word processor");

/// The blocks of a document. Headings are those of the styles that every word processor knows by the same name in whatever
/// language it is set to; a row of a table is one text.
pub(super) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unfit> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    let levels = match part(&mut archive, "word/styles.xml")? {
        Some(styles) => heading_styles(&styles)?,
        None => HashMap::new(),
    };
    let body = part(&mut archive, "word/document.xml")?.ok_or(BROKEN)?;
    read_body(&body, &levels)
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Unfit> {
    let Ok(file) = archive.by_name(name) else {
        return Ok(None);
    };
    let mut unpacked = Vec::new();
    let read = file.take(MOST_XML + 1).read_to_end(&mut unpacked);
    read.map_err(|_| BROKEN)?;
    if unpacked.len() as u64 > MOST_XML {
        return Err(Unfit("is too large when it is unpacked"));
    }
    let text = String::from_utf8(unpacked).map_err(|_| BROKEN)?;
    // PostgreSQL's text cannot hold it.
    Ok(Some(text.replace('\0', "")))
}

/// Which styles are headings, and of which level.
fn heading_styles(xml: &str) -> Result<HashMap<String, u8>, Unfit> {
    let mut levels = HashMap::new();
    let mut style = String::new();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|_| BROKEN)? {
            Event::Eof => return Ok(levels),
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                b"style" => style = attribute(&tag, b"styleId").unwrap_or_default(),
                b"name" => {
                    let name = attribute(&tag, b"val").unwrap_or_default().to_lowercase();
                    if let Some(level) = named_level(&name) {
                        levels.insert(style.clone(), level);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}

fn named_level(name: &str) -> Option<u8> {
    if name == "title" {
        return Some(1);
    }
    let level: u8 = name.strip_prefix("heading ")?.parse().ok()?;
    (1..=9).contains(&level).then_some(level)
}

/// What is being read.
#[derive(Default)]
struct Body<'a> {
    writer: BlockWriter,
    levels: Option<&'a HashMap<String, u8>>,
    level: Option<u8>,
    in_text: bool,
    rows: usize,
    /// Inside what is only there for programs that do not know better, and says the same again.
    fallbacks: usize,
}

fn read_body(xml: &str, levels: &HashMap<String, u8>) -> Result<Vec<Block>, Unfit> {
    let mut body = Body {
        levels: Some(levels),
        ..Body::default()
    };
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|_| BROKEN)? {
            Event::Eof => return Ok(body.writer.finish()),
            Event::Start(tag) => body.open(&tag),
            Event::Empty(tag) => {
                body.open(&tag);
                body.close(tag.local_name().as_ref());
            }
            Event::End(tag) => body.close(tag.local_name().as_ref()),
            Event::Text(text) => body.push(&text.decode().map_err(|_| BROKEN)?),
            Event::CData(text) => body.push(&text.decode().map_err(|_| BROKEN)?),
            Event::GeneralRef(name) => body.push(&referred(&name)),
            _ => {}
        }
    }
}

impl Body<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            b"Fallback" => self.fallbacks += 1,
            b"p" if self.rows == 0 => {
                self.writer.end_text();
                self.level = None;
            }
            b"tr" => {
                if self.rows == 0 {
                    self.writer.end_text();
                }
                self.rows += 1;
            }
            b"pStyle" => {
                let style = attribute(tag, b"val").unwrap_or_default();
                self.level = self.levels.and_then(|levels| levels.get(&style)).copied();
            }
            b"t" => self.in_text = true,
            b"tab" | b"br" | b"cr" => self.writer.push(" "),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            b"t" => self.in_text = false,
            b"p" if self.rows > 0 => self.writer.push(" "),
            b"p" => match self.level.take() {
                Some(level) => self.writer.end_heading(level),
                None => self.writer.end_text(),
            },
            b"tr" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    self.writer.end_text();
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if self.in_text && self.fallbacks == 0 {
            self.writer.push(text);
        }
    }
}

/// What `&amp;` and its like stand for; others say nothing here.
fn referred(name: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return letter.to_string();
    }
    let letter = match name.decode().as_deref() {
        Ok("amp") => "&",
        Ok("lt") => "<",
        Ok("gt") => ">",
        Ok("quot") => "\"",
        Ok("apos") => "'",
        _ => "",
    };
    letter.to_owned()
}

fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let found = tag
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::testing::{heading, text};
    use super::*;

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style></w:styles>"#;

    #[test]
    fn headings_paragraphs_and_tables_become_blocks() {
        let body = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
            <w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Pets</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">Dogs </w:t></w:r><w:r><w:t>&amp; cats.</w:t></w:r><w:del><w:r><w:delText>Fish.</w:delText></w:r></w:del></w:p>
            <w:p><w:pPr><w:pStyle w:val="berschrift2"/></w:pPr><w:r><w:t>Fees</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Dog</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>$20</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p/></w:body></w:document>"#;
        let file = packed(&[("word/styles.xml", STYLES), ("word/document.xml", body)]);
        assert_eq!(
            blocks(&file).unwrap(),
            [
                heading(1, "Pets"),
                text("Dogs & cats."),
                heading(2, "Fees"),
                text("Dog $20"),
            ]
        );
    }

    #[test]
    fn what_is_no_document_or_unpacks_to_too_much_is_refused() {
        assert_eq!(blocks(b"PK\x03\x04 and nothing else"), Err(BROKEN));
        assert_eq!(blocks(&packed(&[("a.txt", "a")])), Err(BROKEN));
        let spaces = " ".repeat(17 * 1024 * 1024);
        let bomb = packed(&[("word/document.xml", &spaces)]);
        assert!(bomb.len() < 100_000, "it is small as it comes");
        assert_eq!(
            blocks(&bomb),
            Err(Unfit("is too large when it is unpacked"))
        );
    }
}
