/// In what form a document comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// A page of HTML.
    Html,
    /// Plain text.
    Text,
    /// A table: of questions and answers, or of anything.
    Csv,
    /// A text document of a word processor (Office Open XML).
    Docx,
    /// Pages. Read from the operator's folders only: what reads them was not made for files of strangers.
    Pdf,
}

impl Format {
    /// The format that a file name ends with.
    ///
    /// ```
    /// use motel_knowledge::Format;
    ///
    /// assert_eq!(Format::of("House rules.DOCX"), Some(Format::Docx));
    /// assert_eq!(Format::of("pool.jpg"), None);
    /// ```
    pub fn of(file_name: &str) -> Option<Self> {
        let (_, ending) = file_name.rsplit_once('.')?;
        match ending.to_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "txt" => Some(Self::Text),
            "csv" => Some(Self::Csv),
            "docx" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}
