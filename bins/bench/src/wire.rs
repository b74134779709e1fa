//! What a server sent to its database, read from the log of that database.

use std::collections::BTreeMap;

/// One statement as the database executed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its text, with `$1` where a parameter stands.
    pub sql: String,
    /// The parameters as text; `None` is NULL.
    pub parameters: Vec<Option<String>>,
}

impl Statement {
    /// A statement with these parameters.
    pub fn with(sql: &str, parameters: &[Option<&str>]) -> Self {
        Self {
            sql: sql.to_owned(),
            parameters: parameters
                .iter()
                .map(|value| value.map(str::to_owned))
                .collect(),
        }
    }

    fn begins(&self) -> bool {
        self.sql.starts_with("BEGIN")
    }

    fn ends(&self) -> bool {
        self.sql.starts_with("COMMIT") || self.sql.starts_with("ROLLBACK")
    }
}

/// The transactions in a log written with `log_statement = all` and the usual prefix (`%m [%p] `), in the order in which
/// they began. Statements of several connections may be mixed; what is not between `BEGIN` and `COMMIT` is left out.
pub fn transactions(log: &str) -> Vec<Vec<Statement>> {
    let mut open: BTreeMap<u32, Vec<Statement>> = BTreeMap::new();
    let mut done = Vec::new();
    for (connection, entry) in entries(log) {
        match entry {
            Entry::Statement(sql) => {
                let statement = Statement {
                    sql,
                    parameters: Vec::new(),
                };
                if statement.begins() {
                    open.insert(connection, vec![statement]);
                } else if let Some(mut transaction) = open.remove(&connection) {
                    let ends = statement.ends();
                    transaction.push(statement);
                    if ends {
                        done.push(transaction);
                    } else {
                        open.insert(connection, transaction);
                    }
                }
            }
            Entry::Parameters(parameters) => {
                let last = open.get_mut(&connection).and_then(|sent| sent.last_mut());
                if let Some(last) = last {
                    last.parameters = parameters;
                }
            }
        }
    }
    done
}

enum Entry {
    Statement(String),
    Parameters(Vec<Option<String>>),
}

fn entries(log: &str) -> Vec<(u32, Entry)> {
    let mut lines = log.lines().peekable();
    let mut entries = Vec::new();
    while let Some(line) = lines.next() {
        let Some((connection, message)) = split(line) else {
            continue;
        };
        let mut message = message.to_owned();
        while let Some(more) = lines.peek().and_then(|line| line.strip_prefix('\t')) {
            message.push('\n');
            message.push_str(more);
            lines.next();
        }
        entries.extend(understand(&message).map(|entry| (connection, entry)));
    }
    entries
}

/// `2026-11-21 14:00:00.000 UTC [7] LOG:  …` is connection 7 and `LOG:  …`.
fn split(line: &str) -> Option<(u32, &str)> {
    if !line.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let (prefix, message) = line.split_once("] ")?;
    let (_, connection) = prefix.rsplit_once('[')?;
    Some((connection.parse().ok()?, message))
}

fn understand(message: &str) -> Option<Entry> {
    if let Some(sql) = message.strip_prefix("LOG:  statement: ") {
        return Some(Entry::Statement(sql.trim_end().to_owned()));
    }
    if let Some(executed) = message.strip_prefix("LOG:  execute ") {
        let (_, sql) = executed.split_once(": ")?;
        return Some(Entry::Statement(sql.trim_end().to_owned()));
    }
    let listed = message.strip_prefix("DETAIL:  ")?;
    let listed = listed
        .strip_prefix("Parameters: ")
        .or_else(|| listed.strip_prefix("parameters: "))?;
    Some(Entry::Parameters(parameters(listed)))
}

/// `$1 = 'it''s', $2 = NULL`.
fn parameters(mut listed: &str) -> Vec<Option<String>> {
    let mut found = Vec::new();
    while let Some((_, value)) = listed.split_once(" = ") {
        if let Some(rest) = value.strip_prefix("NULL") {
            found.push(None);
            listed = rest;
            continue;
        }
        let Some(mut rest) = value.strip_prefix('\'') else {
            break;
        };
        let mut text = String::new();
        while let Some((piece, after)) = rest.split_once('\'') {
            text.push_str(piece);
            rest = after;
            match rest.strip_prefix('\'') {
                Some(after) => {
                    text.push('\'');
                    rest = after;
                }
                None => break,
            }
        }
        found.push(Some(text));
        listed = rest;
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]

    use super::*;

    const LOG: &str = "\
2026-11-21 14:00:00.000 UTC [7] LOG:  statement: BEGIN; SET LOCAL app.tenant_id = 'x'
2026-11-21 14:00:00.000 UTC [8] LOG:  statement: BEGIN; SET LOCAL ROLE motel_platform
2026-11-21 14:00:00.001 UTC [7] LOG:  execute s1: SELECT a
\tFROM b WHERE c = $1 AND d = $2 AND e = $3
2026-11-21 14:00:00.001 UTC [7] DETAIL:  Parameters: $1 = 'it''s, $9 = ''x''', $2 = NULL, $3 = ''
2026-11-21 14:00:00.001 UTC [8] LOG:  execute <unnamed>: SELECT 1
2026-11-21 14:00:00.002 UTC [7] LOG:  statement: COMMIT
2026-11-21 14:00:00.002 UTC [9] LOG:  execute s1: SELECT outside
some noise
2026-11-21 14:00:00.003 UTC [8] LOG:  statement: ROLLBACK
2026-11-21 14:00:00.004 UTC [7] LOG:  statement: BEGIN
";

    #[test]
    fn each_connection_has_its_own_transactions() {
        let sent = transactions(LOG);
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0].len(), 3);
        assert_eq!(
            sent[0][1],
            Statement::with(
                "SELECT a\nFROM b WHERE c = $1 AND d = $2 AND e = $3",
                &[Some("it's, $9 = 'x'"), None, Some("")]
            )
        );
        let other: Vec<_> = sent[1].iter().map(|sent| sent.sql.as_str()).collect();
        assert_eq!(
            other,
            [
                "BEGIN; SET LOCAL ROLE motel_platform",
                "SELECT 1",
                "ROLLBACK"
            ]
        );
    }
}
