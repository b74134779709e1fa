use chrono::NaiveTime;
use chrono_tz::Tz;
use motel_kernel::{BasisPoints, Currency, Phone};
use motel_tenancy::commands::PropertyDescription;
use motel_tenancy::{Address, Property, Tax};
use motel_web::{FieldErrors, Input};
use serde::Deserialize;

/// What is said of a property, as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawPlace {
    pub(crate) name: String,
    pub(crate) tagline: String,
    pub(crate) street: String,
    pub(crate) city: String,
    pub(crate) region: String,
    pub(crate) postal_code: String,
    pub(crate) country: String,
    pub(crate) phone: String,
    pub(crate) timezone: String,
    pub(crate) currency: String,
    pub(crate) check_in: String,
    pub(crate) check_out: String,
    pub(crate) tax_percent: String,
    pub(crate) tax_included: String,
}

impl RawPlace {
    /// The form filled in with what is known.
    pub(crate) fn of(property: &Property) -> Self {
        let Property {
            name,
            tagline,
            address,
            ..
        } = property.clone();
        Self {
            name,
            tagline,
            street: address.street,
            city: address.city,
            region: address.region,
            postal_code: address.postal_code,
            country: address.country,
            phone: property.phone.to_string(),
            timezone: property.timezone.name().to_owned(),
            currency: property.currency.code().to_owned(),
            check_in: property.check_in.format("%H:%M").to_string(),
            check_out: property.check_out.format("%H:%M").to_string(),
            tax_percent: percent(property.tax.rate),
            tax_included: if property.tax.included { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// The same, parsed. The name of the tax is not asked for, so it stays as it was.
pub(crate) struct PlaceForm {
    described: PropertyDescription,
}

impl PlaceForm {
    /// What is said, with the name the tax has.
    pub(crate) fn described(self, tax_name: &str) -> PropertyDescription {
        let mut described = self.described;
        tax_name.clone_into(&mut described.tax.name);
        described
    }
}

impl Input for PlaceForm {
    type Raw = RawPlace;

    fn parse(raw: RawPlace) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.text("name", &raw.name, 1..=120);
        let tagline = errors.text("tagline", &raw.tagline, 0..=200);
        let address = address(&raw, &mut errors);
        let phone = errors.check("phone", Phone::parse(&raw.phone));
        let zone = raw.timezone.trim().parse::<Tz>();
        let zone = zone.map_err(|_| "is no time zone such as Europe/Berlin");
        let timezone = errors.check("timezone", zone);
        let currency = raw.currency.trim().parse::<Currency>();
        let currency = errors.check("currency", currency);
        let check_in = errors.check("check_in", time(&raw.check_in));
        let check_out = errors.check("check_out", time(&raw.check_out));
        let tax = tax(&raw, &mut errors);
        let described = || {
            Some(PropertyDescription {
                name: name?,
                tagline: tagline?,
                address: address?,
                phone: phone?,
                timezone: timezone?,
                currency: currency?,
                check_in: check_in?,
                check_out: check_out?,
                tax: tax?,
            })
        };
        let described = described();
        described.map(|described| Self { described }).ok_or(errors)
    }
}

fn address(raw: &RawPlace, errors: &mut FieldErrors) -> Option<Address> {
    let street = errors.text("street", &raw.street, 1..=200);
    let city = errors.text("city", &raw.city, 1..=120);
    let region = errors.text("region", &raw.region, 0..=60);
    let postal_code = errors.text("postal_code", &raw.postal_code, 0..=20);
    let code = raw.country.trim();
    let known = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let country = known.then(|| code.to_owned()).ok_or("is no country");
    let country = errors.check("country", country);
    Some(Address {
        street: street?,
        city: city?,
        region: region?,
        postal_code: postal_code?,
        country: country?,
    })
}

fn tax(raw: &RawPlace, errors: &mut FieldErrors) -> Option<Tax> {
    let rate = errors.check("tax_percent", rate(&raw.tax_percent));
    let included = match raw.tax_included.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("must be yes or no"),
    };
    let included = errors.check("tax_included", included);
    Some(Tax {
        name: String::new(),
        rate: rate?,
        included: included?,
    })
}

fn time(text: &str) -> Result<NaiveTime, &'static str> {
    let text = text.trim().get(..5).unwrap_or_default();
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "is no time such as 15:00")
}

/// A percentage with at most two digits behind the point, at most a hundred.
fn rate(text: &str) -> Result<BasisPoints, &'static str> {
    const FORM: &str = "must be a percentage such as 8.5";
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 3
        || fraction.len() > 2
        || !digits(whole)
        || !digits(fraction)
    {
        return Err(FORM);
    }
    let points = format!("{whole}{fraction:0<2}").parse().map_err(|_| FORM)?;
    match BasisPoints::new(points) {
        Ok(rate) if points <= BasisPoints::WHOLE => Ok(rate),
        _ => Err(FORM),
    }
}

fn percent(rate: BasisPoints) -> String {
    rate.to_percent_string().trim_end_matches('%').to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn percentages_are_read_as_people_type_them() {
        for (text, points) in [
            ("8.5", Some(850)),
            (" 19 % ", Some(1_900)),
            ("7,25", Some(725)),
            ("0", Some(0)),
            ("100", Some(10_000)),
            ("100.01", None),
            ("8.875", None),
            ("-1", None),
            ("", None),
            (".5", None),
            ("ten", None),
        ] {
            let read = rate(text).ok().map(BasisPoints::value);
            assert_eq!(read, points, "{text}");
        }
        assert_eq!(percent(rate("8.5").unwrap()), "8.50");
    }

    #[test]
    fn every_wrong_field_is_said_at_once() {
        let refused = PlaceForm::parse(RawPlace::default()).err().unwrap();
        let fields: Vec<_> = refused
            .as_slice()
            .iter()
            .map(|error| error.field.as_str())
            .collect();
        for field in [
            "name",
            "street",
            "city",
            "country",
            "phone",
            "timezone",
            "tax_percent",
        ] {
            assert!(fields.contains(&field), "{field} in {fields:?}");
        }
        let time = time("25:00");
        assert!(time.is_err());
    }
}
