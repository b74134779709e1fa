use std::collections::BTreeMap;

use crate::Route;

/// Of routes whose prefixes all fit a number: of each carrier the one with the longest prefix, and of these the cheapest; of two
/// equal ones the first by name.
pub fn cheapest(fitting: Vec<Route>) -> Option<Route> {
    let mut best: BTreeMap<String, Route> = BTreeMap::new();
    for route in fitting {
        let known = best.get(&route.provider);
        if known.is_none_or(|known| known.prefix.len() < route.prefix.len()) {
            best.insert(route.provider.clone(), route);
        }
    }
    best.into_values().min_by_key(|route| route.price_micros)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Meter;

    fn route(provider: &str, prefix: &str, price_micros: i64) -> Route {
        Route {
            meter: Meter::Sms,
            provider: provider.to_owned(),
            prefix: prefix.to_owned(),
            price_micros,
            active: true,
        }
    }

    #[test]
    fn a_carrier_asks_what_its_longest_prefix_says_though_a_shorter_one_is_cheaper() {
        let fitting = vec![
            route("alpha", "", 1_000),
            route("alpha", "49", 9_000),
            route("beta", "", 8_000),
            route("gamma", "4", 8_000),
        ];
        let taken = cheapest(fitting);
        assert_eq!(taken.map(|route| route.provider).as_deref(), Some("beta"));
        assert_eq!(cheapest(Vec::new()), None);
    }
}
