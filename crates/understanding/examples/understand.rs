//! Reads messages, one a line, and prints what each means as a line of JSON.
//!
//! ```text
//! echo "two nights from Friday" | cargo run -p motel-understanding --example understand -- 2026-11-21
//! ```
//! A line that begins with `YYYY-MM-DD<tab>` is read as on that day.

use std::io::BufRead;

use chrono::NaiveDate;
use motel_understanding::{Context, understand};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given = std::env::args().nth(1).map(|day| day.parse()).transpose()?;
    let today: NaiveDate = given.unwrap_or_else(|| chrono::Local::now().date_naive());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (day, message) = match line.split_once('\t') {
            Some((day, message)) => (day.parse()?, message),
            None => (today, line.as_str()),
        };
        let found = understand(message, &Context::fresh(day, &[]));
        println!("{}", serde_json::to_string(&found)?);
    }
    Ok(())
}
