use motel_billing::KeptCard;

use crate::view::CardRow;

/// The cards of a booking's guests that can be charged.
pub(crate) fn cards(cards: &[KeptCard]) -> Vec<CardRow> {
    cards
        .iter()
        .filter(|kept| kept.is_kept())
        .map(row)
        .collect()
}

fn row(kept: &KeptCard) -> CardRow {
    let card = &kept.card;
    CardRow {
        id: kept.id.to_string(),
        name: format!("{} ending in {}", brand(&card.brand), card.last_four),
        until: format!("{:02}/{}", card.expires_month, card.expires_year),
    }
}

/// What gateways write small, as it stands on the card.
fn brand(word: &str) -> String {
    match word {
        "visa" => "Visa".to_owned(),
        "mastercard" => "Mastercard".to_owned(),
        "amex" | "american_express" => "American Express".to_owned(),
        "jcb" => "JCB".to_owned(),
        other => {
            let mut letters = other.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::brand;

    #[test]
    fn brands_are_written_as_on_the_card() {
        let written = ["visa", "amex", "jcb", "discover", ""].map(brand);
        assert_eq!(written, ["Visa", "American Express", "JCB", "Discover", ""]);
    }
}
