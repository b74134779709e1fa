use motel_kernel::{BasisPoints, Currency, Money};
use motel_rates::{Package, PackageEffect};

use super::figures::money;

/// True when a guest asks for what is special just now.
pub(crate) fn asks_for_packages(question: &str) -> bool {
    const WORDS: &[&str] = &[
        "package",
        "packages",
        "deal",
        "deals",
        "special offer",
        "special offers",
        "specials",
        "promotion",
        "promotions",
    ];
    let plain: String = question
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let padded = format!(
        " {} ",
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    WORDS
        .iter()
        .any(|word| padded.contains(&format!(" {word} ")))
}

/// What is on offer, a line each; `None` when nothing is.
pub(crate) fn packages(valid: &[Package], currency: Currency) -> Option<String> {
    let lines = valid.iter().map(|package| line(package, currency));
    let lines = lines.collect::<Vec<_>>().join("\n");
    (!valid.is_empty()).then(|| format!("This is on offer just now:\n{lines}"))
}

fn line(package: &Package, currency: Currency) -> String {
    let details = &package.details;
    let price = match details.effect {
        PackageEffect::Extra { amount_minor, per } => {
            let amount = money(Money::new(amount_minor, currency));
            format!("{amount} per {}", per.as_str().replace('_', " and "))
        }
        PackageEffect::Discount { basis_points } => {
            let share = BasisPoints::new(basis_points).map(BasisPoints::to_percent_string);
            format!("{} off every night", share.unwrap_or_default())
        }
    };
    let contents = match details.contents.as_slice() {
        [] => String::new(),
        contents => format!(", with {}", contents.join(", ")),
    };
    // The last night is told, not the first no more.
    let last = details.stay.until.and_then(|until| until.pred_opt());
    let until = last
        .map(|last| format!(", for nights until {}", last.format("%A, %B %-d")))
        .unwrap_or_default();
    format!("• {}: {price}{contents}{until}", details.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_asks_for_offers_is_told_of_them() {
        for asks in [
            "Any deals?",
            "do you have special offers",
            "What packages are there?",
        ] {
            assert!(asks_for_packages(asks), "{asks}");
        }
        for other in [
            "Can you offer me a room?",
            "Is that the ideal room?",
            "two adults",
        ] {
            assert!(!asks_for_packages(other), "{other}");
        }
    }
}
