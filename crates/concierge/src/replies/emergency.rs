/// First the number that helps in the country of the house, then who else knows, where they were told.
pub(crate) fn emergency(country: &str, told: bool) -> String {
    let number = match country {
        "US" | "CA" => "911",
        "GB" => "999",
        "AU" => "000",
        "NZ" => "111",
        _ => "112",
    };
    let call = format!("If anyone is in danger, call {number} now.");
    match told {
        true => format!("{call} I've let my colleagues know as well."),
        false => call,
    }
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
        assert!(emergency("US", true).contains("911"));
        assert!(emergency("DE", true).contains("112"));
        assert!(!emergency("DE", false).contains("colleagues"));
    }
}
