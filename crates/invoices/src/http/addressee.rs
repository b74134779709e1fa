use motel_web::FieldErrors;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::Addressee;

/// Whom a document is for, as it comes in. What is left out is not on it; without a name and a company it is for whoever
/// booked.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = NewAddressee)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAddressee {
    /// A person.
    #[schema(max_length = 120)]
    name: Option<String>,
    /// A company.
    #[schema(max_length = 120)]
    company: Option<String>,
    /// Street and number.
    #[schema(max_length = 200)]
    street: Option<String>,
    /// ZIP or postal code.
    #[schema(max_length = 20)]
    postal_code: Option<String>,
    /// City.
    #[schema(max_length = 100)]
    city: Option<String>,
    /// State or province.
    #[schema(max_length = 100)]
    region: Option<String>,
    /// Two capital letters (ISO 3166-1).
    #[schema(pattern = "^[A-Z]{2}$", example = "DE")]
    country: Option<String>,
    /// What the tax office calls them.
    #[schema(max_length = 40)]
    tax_id: Option<String>,
}

impl RawAddressee {
    pub(super) fn parse(self, errors: &mut FieldErrors) -> Addressee {
        let mut line = |field: &str, raw: Option<String>, most| {
            let text = errors.text(&format!("addressee.{field}"), &raw?, 0..=most)?;
            Some(one_line(&text))
        };
        let name = line("name", self.name, 120);
        let company = line("company", self.company, 120);
        let street = line("street", self.street, 200);
        let postal_code = line("postal_code", self.postal_code, 20);
        let city = line("city", self.city, 100);
        let region = line("region", self.region, 100);
        let tax_id = line("tax_id", self.tax_id, 40);
        let country = self.country.and_then(|code| {
            let fits = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
            let expected = "must be two capital letters, such as DE";
            errors.check("addressee.country", fits.then_some(code).ok_or(expected))
        });
        Addressee {
            name: name.unwrap_or_default(),
            company: company.unwrap_or_default(),
            street: street.unwrap_or_default(),
            postal_code: postal_code.unwrap_or_default(),
            city: city.unwrap_or_default(),
            region: region.unwrap_or_default(),
            country: country.unwrap_or_default(),
            tax_id: tax_id.unwrap_or_default(),
        }
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
