use serde::{Deserialize, Serialize};

/// Whom a document is for. What is not known is empty; there is a name or a company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// A person; at most 120 characters.
    #[serde(default)]
    pub name: String,
    /// A company; at most 120 characters.
    #[serde(default)]
    pub company: String,
    /// Street and number; at most 200 characters.
    #[serde(default)]
    pub street: String,
    /// At most 20 characters.
    #[serde(default)]
    pub postal_code: String,
    /// At most 100 characters.
    #[serde(default)]
    pub city: String,
    /// State or province; at most 100 characters.
    #[serde(default)]
    pub region: String,
    /// Two capital letters (ISO 3166-1).
    #[serde(default)]
    pub country: String,
    /// What the tax office calls them; at most 40 characters.
    #[serde(default)]
    pub tax_id: String,
}

impl Addressee {
    /// As one writes on an envelope: company, name, street, city, country. The tax id is not among them.
    pub fn lines(&self) -> Vec<String> {
        filled([
            self.company.clone(),
            self.name.clone(),
            self.street.clone(),
            words([&self.postal_code, &self.city, &self.region].map(String::as_str)),
            self.country.clone(),
        ])
    }

    /// What a list shows: the company, or else the person.
    pub fn title(&self) -> &str {
        match self.company.as_str() {
            "" => &self.name,
            company => company,
        }
    }
}

pub(super) fn words<const N: usize>(parts: [&str; N]) -> String {
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(" ")
}

pub(super) fn filled<const N: usize>(lines: [String; N]) -> Vec<String> {
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_leaves_no_empty_line() {
        let mut ana = Addressee {
            name: "Ana Souza".to_owned(),
            ..Addressee::default()
        };
        assert_eq!(ana.lines(), ["Ana Souza"]);
        assert_eq!(ana.title(), "Ana Souza");
        ana.company = "Souza Ltda".to_owned();
        (ana.postal_code, ana.city) = ("10115".to_owned(), "Berlin".to_owned());
        assert_eq!(ana.lines(), ["Souza Ltda", "Ana Souza", "10115 Berlin"]);
        assert_eq!(ana.title(), "Souza Ltda");
    }
}
