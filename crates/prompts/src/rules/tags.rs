use super::TemplateFault;
use crate::Variables;

/// Words of an expression that are no variables.
const OPERATORS: &[&str] = &["and", "or", "not"];
/// What a tag may begin with. There is nothing that repeats or remembers, so a template says no more than it has letters and variables.
const STATEMENTS: &[&str] = &["if", "elif", "else", "endif"];
/// How much of what cannot stand somewhere is repeated.
const LONGEST: usize = 20;

/// Looks through every tag of a text, with the same borders between text and tags that the renderer sees.
pub(super) fn check_tags(text: &str) -> Result<(), TemplateFault> {
    let mut reader = Reader {
        rest: text,
        line: 1,
    };
    while let Some((begin, opening)) = reader.next_tag() {
        reader.skip(begin + opening.len());
        match opening {
            "{#" => reader.comment()?,
            "{%" => {
                reader.strip_dash();
                reader.statement()?;
                reader.expression("{%", "%}")?;
            }
            _ => {
                reader.strip_dash();
                reader.expression("{{", "}}")?;
            }
        }
    }
    Ok(())
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Reader<'a> {
    fn next_tag(&self) -> Option<(usize, &'static str)> {
        let openings = ["{{", "{%", "{#"].into_iter();
        let found = openings.filter_map(|it| Some((self.rest.find(it)?, it)));
        found.min_by_key(|(at, _)| *at)
    }

    fn skip(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += passed.matches('\n').count();
        self.rest = rest;
    }

    fn strip_dash(&mut self) {
        if self.rest.starts_with('-') {
            self.skip(1);
        }
    }

    fn skip_spaces(&mut self) {
        self.skip(self.rest.len() - self.rest.trim_start().len());
    }

    fn comment(&mut self) -> Result<(), TemplateFault> {
        let end = self.rest.find("#}").ok_or(self.unclosed("{#"))?;
        self.skip(end + 2);
        Ok(())
    }

    fn statement(&mut self) -> Result<(), TemplateFault> {
        self.skip_spaces();
        let word = self.word();
        if !STATEMENTS.contains(&word) {
            return Err(self.not_allowed(word));
        }
        self.skip(word.len());
        Ok(())
    }

    fn expression(
        &mut self,
        opening: &'static str,
        closing: &'static str,
    ) -> Result<(), TemplateFault> {
        let unclosed = self.unclosed(opening);
        loop {
            self.skip_spaces();
            let end = self.rest.strip_prefix('-').unwrap_or(self.rest);
            if end.starts_with(closing) {
                self.skip(self.rest.len() - end.len() + closing.len());
                return Ok(());
            }
            match self.rest.chars().next() {
                None => return Err(unclosed),
                Some(quote @ ('"' | '\'')) => self.quoted(quote)?,
                Some('(' | ')') => self.skip(1),
                Some(_) if ["==", "!="].iter().any(|it| self.rest.starts_with(it)) => self.skip(2),
                Some(c) if c == '_' || c.is_ascii_alphabetic() => self.name()?,
                Some(_) => return Err(self.not_allowed("")),
            }
        }
    }

    /// A text in quotes, without the backslash by which other characters could be written.
    fn quoted(&mut self, quote: char) -> Result<(), TemplateFault> {
        let unclosed = self.unclosed("a text in quotes");
        self.skip(1);
        let end = self.rest.find(quote).ok_or(unclosed)?;
        let (text, _) = self.rest.split_at(end);
        if text.contains('\\') {
            return Err(self.not_allowed("\\"));
        }
        self.skip(end + 1);
        Ok(())
    }

    fn name(&mut self) -> Result<(), TemplateFault> {
        let word = self.word();
        let known = || Variables::ALL.iter().any(|it| it.name == word);
        if !OPERATORS.contains(&word) && !known() {
            return Err(TemplateFault::UnknownVariable {
                line: self.line,
                name: word.chars().take(2 * LONGEST).collect(),
            });
        }
        self.skip(word.len());
        Ok(())
    }

    fn word(&self) -> &'a str {
        let ends = |c: char| !(c == '_' || c.is_alphanumeric());
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        self.rest.get(..end).unwrap_or_default()
    }

    fn unclosed(&self, what: &'static str) -> TemplateFault {
        TemplateFault::Unclosed {
            line: self.line,
            what,
        }
    }

    fn not_allowed(&self, what: &str) -> TemplateFault {
        let what: String = match what {
            "" => self.rest.chars().take(1).collect(),
            some => some.chars().take(LONGEST).collect(),
        };
        TemplateFault::NotAllowed {
            line: self.line,
            what,
        }
    }
}
