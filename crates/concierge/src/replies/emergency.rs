/// First the number that helps in the country of the house, then who else knows.
pub(crate) fn emergency(country: &str) -> String {
    let number = match country {
        "US" | "CA" => "911",
        "GB" => "999",
        "AU" => "000",
        "NZ" => "111",
        _ => "112",
    };
    format!("If anyone is in danger, call {number} now. I've let my colleagues know as well.")
}

/// To whoever asks about somebody else, there or not.
pub(crate) fn never_who_stays() -> String {
    "I can't say who stays here or doesn't, and neither can my colleagues. I can take a message: just say \"a message for\", and for whom.".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_country_has_its_number() {
        assert!(emergency("US").contains("911"));
        assert!(emergency("DE").contains("112"));
    }
}
