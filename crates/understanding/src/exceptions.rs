//! Whether a guest asks for an exception from the rules, or haggles.

use super::padded::Padded;

const ASKS: &[&str] = &[
    "make an exception",
    "an exception for",
    "make exceptions",
    "any exceptions",
    "bend the rules",
    "bend the rule",
    "just this once",
    "waive",
    "waived",
    "waiving",
    "overlook the fee",
    "forget about the fee",
    "drop the fee",
    "skip the fee",
    "remove the fee",
    "without the fee",
    "without paying the fee",
    "let me off the fee",
    "let us off the fee",
    "refund anyway",
    "refund me anyway",
    "although it's non refundable",
    "even though it's non refundable",
    "even though it is non refundable",
    "even if it's non refundable",
    "give me a discount",
    "give us a discount",
    "get a discount",
    "have a discount",
    "offer a discount",
    "offer me a discount",
    "offer us a discount",
    "a little discount",
    "a small discount",
    "some discount",
    "a discount if",
    "a discount for staying",
    "better price",
    "better rate",
    "better deal",
    "lower price",
    "lower rate",
    "lower the price",
    "lower the rate",
    "reduce the price",
    "reduce the rate",
    "go lower",
    "come down on the price",
    "come down a bit",
    "knock off",
    "knock something off",
    "knock a bit off",
    "take something off",
    "take a bit off",
    "do it cheaper",
    "make it cheaper",
    "give it to me cheaper",
    "give it to us cheaper",
    "do it for less",
    "let me have it for",
    "let us have it for",
    "give it to me for",
    "your best price",
    "best price you can",
    "match the price",
    "match that price",
    "match the rate",
    "price match",
    "meet me halfway",
    "negotiate",
    "negotiable",
    "special price",
    "throw in the",
    "throw in a free",
    "on the house",
    "cut me a deal",
    "do me a deal",
    "work something out on the price",
];

/// Reductions that a house has or has not: a question about the rules, not around them.
const PUBLISHED: &[&str] = &[
    "military",
    "veteran",
    "veterans",
    "senior",
    "seniors",
    "student",
    "students",
    "aaa",
    "aarp",
    "children",
    "child",
    "kids",
    "member",
    "members",
    "membership",
    "group discount",
    "discount code",
    "promo code",
    "any discounts",
    "discounts do you",
    "negotiate the stairs",
    "don't waive",
    "do you ever waive",
    "liability waiver",
    "is the price negotiable or fixed",
];

/// Whether a guest asks for an exception from the rules, or haggles.
pub fn asks_for_exception(text: &str) -> bool {
    let said = Padded::of(text);
    let around = &["make an exception", "waive", "waived", "bend the rules"];
    said.has(ASKS)
        && (!said.has(PUBLISHED)
            || said.has(around) && !said.has(&["don't waive", "do you ever waive"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_around_the_rules_is_told_from_what_asks_for_them() {
        for around in [
            "Can you make an exception and let the dog sleep in the king suite?",
            "could you waive the cancellation fee, my mother died",
            "come on, can't you bend the rules just this once",
            "That's too much. What's your best price?",
            "can you do it for less if we stay a week",
            "would you give us a discount?",
            "I know it's late but please refund me anyway",
            "i saw it for 99 elsewhere, can you match that price",
            "could you knock a bit off for cash",
            "Would it be possible to have the pet fee waived?",
            "any chance of a better rate if I book two nights",
            "can you throw in the breakfast",
            "make an exception for our children please",
        ] {
            assert!(asks_for_exception(around), "{around}");
        }
        for within in [
            "do you have a senior discount?",
            "is there a discount for students",
            "are there any discounts?",
            "I have a promo code, do I get a discount",
            "what is the cancellation fee?",
            "which room is cheaper?",
            "how much is the pet fee",
            "the cheapest one please",
            "without dogs it's fine",
            "is the fee per night?",
            "can I get a refund if I cancel today?",
            "All of us are coming except for my brother",
            "what a great price, thank you",
        ] {
            assert!(!asks_for_exception(within), "{within}");
        }
    }
}
