use super::{Block, Unfit};

/// A table of more rows is no document.
const MOST_ROWS: usize = 5_000;
/// What is written of all rows together, in characters.
const MOST_TEXT: usize = 4_000_000;
/// The name of a column is told with each of its values.
const COLUMN_LENGTH: usize = 60;
/// What the column with the questions may be called, and the one with the answers.
const ASKED: &[&str] = &["question", "title", "topic"];
const ANSWERED: &[&str] = &["answer", "text", "body", "content"];

/// The blocks of a table: a heading and a text for each row where the columns are questions and answers, else each row in one
/// line, every value after the name of its column.
pub(super) fn blocks(text: &str, name: &str) -> Result<Vec<Block>, Unfit> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let unreadable = |_: csv::Error| Unfit("is no table with commas, semicolons or tabs");
    let columns = reader.headers().map_err(unreadable)?.clone();
    let column = |names: &[&str]| {
        columns
            .iter()
            .position(|column| names.contains(&column.to_lowercase().as_str()))
    };
    let pair = column(ASKED).zip(column(ANSWERED));
    let mut blocks = vec![Block::Heading {
        level: 1,
        text: name.to_owned(),
    }];
    let shown: Vec<String> = columns
        .iter()
        .map(|column| column.chars().take(COLUMN_LENGTH).collect())
        .collect();
    let mut written = 0;
    for (index, row) in reader.records().enumerate() {
        if index == MOST_ROWS {
            return Err(Unfit("has more than 5,000 rows"));
        }
        let row = row.map_err(unreadable)?;
        match pair {
            Some((asked, answered)) => blocks.extend(entry(&row, asked, answered)),
            None => {
                let line = line(&shown, &row);
                written += line.as_ref().map_or(0, String::len);
                blocks.extend(line.map(Block::Text));
            }
        }
        if written > MOST_TEXT {
            return Err(Unfit("says too much for one document"));
        }
    }
    Ok(blocks)
}

/// Which of the usual ones stands most often in the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    let usual = [b'\t', b';', b','];
    usual
        .into_iter()
        .max_by_key(|delimiter| count(*delimiter))
        .unwrap_or(b',')
}

fn entry(row: &csv::StringRecord, asked: usize, answered: usize) -> Vec<Block> {
    let value = |index: usize| row.get(index).unwrap_or_default().to_owned();
    if value(asked).is_empty() || value(answered).is_empty() {
        return Vec::new();
    }
    let heading = Block::Heading {
        level: 2,
        text: value(asked),
    };
    vec![heading, Block::Text(value(answered))]
}

fn line(columns: &[String], row: &csv::StringRecord) -> Option<String> {
    let values: Vec<String> = columns
        .iter()
        .zip(row)
        .filter(|(_, value)| !value.is_empty())
        .map(|(column, value)| format!("{column}: {value}"))
        .collect();
    (!values.is_empty()).then(|| values.join("; "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::super::testing::{heading, text};
    use super::*;

    #[test]
    fn questions_and_answers_become_headings_and_texts() {
        let table = "Question;Answer\nMay I bring a dog?;Yes\n\"Where, please, is ice?\";\"Downstairs; free.\"\n;\n";
        assert_eq!(
            blocks(table, "faq").unwrap(),
            [
                heading(1, "faq"),
                heading(2, "May I bring a dog?"),
                text("Yes"),
                heading(2, "Where, please, is ice?"),
                text("Downstairs; free."),
            ]
        );
    }

    #[test]
    fn other_rows_are_told_with_the_names_of_their_columns() {
        let table = "Place,Miles,Opens\nFalls,2.5,\nMuseum,4,10 am\n";
        assert_eq!(
            blocks(table, "sights").unwrap(),
            [
                heading(1, "sights"),
                text("Place: Falls; Miles: 2.5"),
                text("Place: Museum; Miles: 4; Opens: 10 am"),
            ]
        );
        assert!(blocks(&"a\n".repeat(5_002), "long").is_err());
        // The name of a column counts for every row.
        let wide = format!("{}\n{}", "w".repeat(1_000_000), "x\n".repeat(5_000));
        let told = blocks(&wide, "wide").unwrap();
        assert!(matches!(&told[1], Block::Text(text) if text.len() < 100));
        let names = vec!["w".repeat(60); 100].join(",");
        let rows = format!("{}\n", vec!["x"; 100].join(",")).repeat(5_000);
        assert!(blocks(&format!("{names}\n{rows}"), "much").is_err());
    }
}
