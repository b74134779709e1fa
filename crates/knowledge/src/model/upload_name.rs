use std::fmt;

use serde::{Serialize, Serializer};

use super::Format;

/// What a file is called that somebody of the team sends: 1 to 200 characters without `/`, with an ending that says what it is. No PDF:
/// what reads those was not made for files of strangers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadName {
    name: String,
    format: Format,
}

impl UploadName {
    /// The most bytes of such a file.
    pub const MOST_BYTES: usize = 4 * 1024 * 1024;
    const LONGEST: usize = 200;

    /// Reads a name as it came.
    ///
    /// ```
    /// use motel_knowledge::{Format, UploadName};
    ///
    /// assert_eq!(UploadName::parse(" offer.md ").map(|name| name.format()), Ok(Format::Markdown));
    /// assert!(UploadName::parse("../offer.md").is_err());
    /// assert!(UploadName::parse("offer.pdf").is_err());
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, as the rest of "the name …".
    pub fn parse(name: &str) -> Result<Self, &'static str> {
        let name = name.trim();
        if name.chars().count() > Self::LONGEST {
            return Err("can't be longer than 200 characters");
        }
        if name.contains('/') || name.chars().any(char::is_control) {
            return Err("must not contain a / or control characters");
        }
        match Format::of(name) {
            Some(Format::Pdf) => {
                Err("is a PDF's, which only the operator can take in, from a folder")
            }
            Some(format) => Ok(Self {
                name: name.to_owned(),
                format,
            }),
            None => Err("must end in .md, .html, .txt, .csv or .docx"),
        }
    }

    /// In what form the file is.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The name without its ending.
    pub fn stem(&self) -> &str {
        self.name
            .rsplit_once('.')
            .map_or(&self.name, |(stem, _)| stem)
    }
}

impl fmt::Display for UploadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Serialize for UploadName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}
