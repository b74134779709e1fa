//! What is written to the log.

use std::io::{self, IsTerminal, Write};

use anyhow::Context;
use motel_kernel::hide_card_numbers;
use tracing_subscriber::EnvFilter;

use crate::settings::Settings;

/// Starts the log on standard error: readable on a terminal, one JSON object a line elsewhere.
///
/// # Errors
/// The filter in the settings has no meaning.
pub fn init(settings: &Settings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.log)
        .with_context(|| format!("REMOTEMOTEL__LOG: {:?}", settings.log))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| CardFree(io::stderr()));
    if std::io::stderr().is_terminal() {
        log.compact().init();
    } else {
        log.json().flatten_event(true).init();
    }
    Ok(())
}

/// Passes on what is written, line by line as the log writes it, without the numbers of payment cards.
struct CardFree<W>(W);

impl<W: Write> Write for CardFree<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(line) {
            Ok(text) => self.0.write_all(hide_card_numbers(text).as_bytes())?,
            Err(_) => self.0.write_all(line)?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn no_card_number_reaches_the_log() {
        let mut log = CardFree(Vec::new());
        let line = "WARN refused body=\"pan 4242424242424242 12/29\" tenant=0198c4d0-1111-7222-8333-444455556666\n";
        assert_eq!(log.write(line.as_bytes()).unwrap(), line.len());
        let written = String::from_utf8(log.0).unwrap();
        assert!(
            !written.contains("4242") && written.contains("444455556666"),
            "{written}"
        );
    }
}
