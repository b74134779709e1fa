use std::panic::catch_unwind;

use super::{Block, Unfit, plain_text};

const BROKEN: Unfit = Unfit("is no PDF whose text can be read");

/// The blocks of a PDF's text; pictures of text say nothing. The library gives up on some files by a panic, which is one more way
/// of saying that it cannot read them.
pub(super) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unfit> {
    let text = catch_unwind(|| pdf_extract::extract_text_from_mem(bytes));
    let text = text.map_err(|_| BROKEN)?.map_err(|_| BROKEN)?;
    Ok(plain_text::blocks(&text.replace('\0', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert_eq!(blocks(b"%PDF-1.7 and nothing else"), Err(BROKEN));
    }
}
