use chrono_tz::Tz;
use motel_kernel::{Currency, Phone};

/// A country, with what a business there begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// Two capital letters (ISO 3166-1).
    pub code: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Where it has several, that of its largest city.
    pub timezone: Tz,
    currency: &'static str,
}

const fn country(
    code: &'static str,
    name: &'static str,
    timezone: Tz,
    currency: &'static str,
) -> Country {
    Country {
        code,
        name,
        timezone,
        currency,
    }
}

const UNITED_STATES: Country = country("US", "United States", Tz::America__New_York, "USD");

/// Countries a property can be said to stand in, by their names.
pub const COUNTRIES: &[Country] = &[
    country(
        "AR",
        "Argentina",
        Tz::America__Argentina__Buenos_Aires,
        "ARS",
    ),
    country("AU", "Australia", Tz::Australia__Sydney, "AUD"),
    country("AT", "Austria", Tz::Europe__Vienna, "EUR"),
    country("BE", "Belgium", Tz::Europe__Brussels, "EUR"),
    country("BR", "Brazil", Tz::America__Sao_Paulo, "BRL"),
    country("BG", "Bulgaria", Tz::Europe__Sofia, "EUR"),
    country("CA", "Canada", Tz::America__Toronto, "CAD"),
    country("CL", "Chile", Tz::America__Santiago, "CLP"),
    country("CN", "China", Tz::Asia__Shanghai, "CNY"),
    country("CO", "Colombia", Tz::America__Bogota, "COP"),
    country("CR", "Costa Rica", Tz::America__Costa_Rica, "CRC"),
    country("HR", "Croatia", Tz::Europe__Zagreb, "EUR"),
    country("CY", "Cyprus", Tz::Asia__Nicosia, "EUR"),
    country("CZ", "Czechia", Tz::Europe__Prague, "CZK"),
    country("DK", "Denmark", Tz::Europe__Copenhagen, "DKK"),
    country("EG", "Egypt", Tz::Africa__Cairo, "EGP"),
    country("EE", "Estonia", Tz::Europe__Tallinn, "EUR"),
    country("FI", "Finland", Tz::Europe__Helsinki, "EUR"),
    country("FR", "France", Tz::Europe__Paris, "EUR"),
    country("DE", "Germany", Tz::Europe__Berlin, "EUR"),
    country("GR", "Greece", Tz::Europe__Athens, "EUR"),
    country("HU", "Hungary", Tz::Europe__Budapest, "HUF"),
    country("IS", "Iceland", Tz::Atlantic__Reykjavik, "ISK"),
    country("IN", "India", Tz::Asia__Kolkata, "INR"),
    country("ID", "Indonesia", Tz::Asia__Jakarta, "IDR"),
    country("IE", "Ireland", Tz::Europe__Dublin, "EUR"),
    country("IL", "Israel", Tz::Asia__Jerusalem, "ILS"),
    country("IT", "Italy", Tz::Europe__Rome, "EUR"),
    country("JP", "Japan", Tz::Asia__Tokyo, "JPY"),
    country("KE", "Kenya", Tz::Africa__Nairobi, "KES"),
    country("LV", "Latvia", Tz::Europe__Riga, "EUR"),
    country("LT", "Lithuania", Tz::Europe__Vilnius, "EUR"),
    country("LU", "Luxembourg", Tz::Europe__Luxembourg, "EUR"),
    country("MY", "Malaysia", Tz::Asia__Kuala_Lumpur, "MYR"),
    country("MT", "Malta", Tz::Europe__Malta, "EUR"),
    country("MX", "Mexico", Tz::America__Mexico_City, "MXN"),
    country("MA", "Morocco", Tz::Africa__Casablanca, "MAD"),
    country("NL", "Netherlands", Tz::Europe__Amsterdam, "EUR"),
    country("NZ", "New Zealand", Tz::Pacific__Auckland, "NZD"),
    country("NG", "Nigeria", Tz::Africa__Lagos, "NGN"),
    country("NO", "Norway", Tz::Europe__Oslo, "NOK"),
    country("PE", "Peru", Tz::America__Lima, "PEN"),
    country("PH", "Philippines", Tz::Asia__Manila, "PHP"),
    country("PL", "Poland", Tz::Europe__Warsaw, "PLN"),
    country("PT", "Portugal", Tz::Europe__Lisbon, "EUR"),
    country("RO", "Romania", Tz::Europe__Bucharest, "RON"),
    country("SA", "Saudi Arabia", Tz::Asia__Riyadh, "SAR"),
    country("RS", "Serbia", Tz::Europe__Belgrade, "RSD"),
    country("SG", "Singapore", Tz::Asia__Singapore, "SGD"),
    country("SK", "Slovakia", Tz::Europe__Bratislava, "EUR"),
    country("SI", "Slovenia", Tz::Europe__Ljubljana, "EUR"),
    country("ZA", "South Africa", Tz::Africa__Johannesburg, "ZAR"),
    country("KR", "South Korea", Tz::Asia__Seoul, "KRW"),
    country("ES", "Spain", Tz::Europe__Madrid, "EUR"),
    country("SE", "Sweden", Tz::Europe__Stockholm, "SEK"),
    country("CH", "Switzerland", Tz::Europe__Zurich, "CHF"),
    country("TW", "Taiwan", Tz::Asia__Taipei, "TWD"),
    country("TH", "Thailand", Tz::Asia__Bangkok, "THB"),
    country("TR", "Türkiye", Tz::Europe__Istanbul, "TRY"),
    country("UA", "Ukraine", Tz::Europe__Kyiv, "UAH"),
    country("AE", "United Arab Emirates", Tz::Asia__Dubai, "AED"),
    country("GB", "United Kingdom", Tz::Europe__London, "GBP"),
    UNITED_STATES,
    country("UY", "Uruguay", Tz::America__Montevideo, "UYU"),
    country("VN", "Vietnam", Tz::Asia__Ho_Chi_Minh, "VND"),
];

impl Country {
    /// The one of a code; `None` for one that is not on the list.
    pub fn of_code(code: &str) -> Option<Self> {
        COUNTRIES
            .iter()
            .find(|country| country.code == code)
            .copied()
    }

    /// Where a telephone number rings; where that is not on the list, the United States.
    pub fn of_phone(phone: &Phone) -> Self {
        let told = phone.country().and_then(|code| Self::of_code(&code));
        told.unwrap_or(UNITED_STATES)
    }

    /// What people pay with there.
    pub fn currency(&self) -> Currency {
        self.currency.parse().unwrap_or(Currency::USD)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_country_stands_once_by_its_name_and_pays_with_a_currency() {
        let codes: BTreeSet<_> = COUNTRIES.iter().map(|country| country.code).collect();
        assert_eq!(codes.len(), COUNTRIES.len());
        let names: Vec<_> = COUNTRIES.iter().map(|country| country.name).collect();
        assert!(names.is_sorted());
        for country in COUNTRIES {
            assert_eq!(country.currency().code(), country.currency, "{country:?}");
        }
    }

    #[test]
    fn a_number_tells_where_a_business_is() {
        let of = |number: &str| Country::of_phone(&Phone::parse(number).unwrap());
        let berlin = of("+49 30 23125014");
        assert_eq!((berlin.code, berlin.timezone), ("DE", Tz::Europe__Berlin));
        assert_eq!(of("518 555 0142").currency(), Currency::USD);
        assert_eq!(of("+1 416 967 1111").code, "CA");
        // Not on the list: a beginning, to be said otherwise.
        assert_eq!(of("+376 712 345").code, "US");
    }
}
