use crate::{Policies, PolicyTopic};

/// Words and phrases that give a topic away. A trailing `*` stands for any ending of the word.
///
/// Where two topics match, the one with more matching words wins, so that "late check out" is not about arriving late.
const SIGNS: &[(PolicyTopic, &[&str])] = &[
    (
        PolicyTopic::Cancellation,
        &[
            "cancel*",
            "refund*",
            "no show",
            "change my mind",
            "money back",
        ],
    ),
    (
        PolicyTopic::Pets,
        &[
            "pet",
            "pets",
            "dog*",
            "cat",
            "cats",
            "kitten*",
            "pupp*",
            "animal*",
            "service animal",
        ],
    ),
    (
        PolicyTopic::Parking,
        &[
            "parking", "parked", "i park", "we park", "to park", "car", "cars", "garage", "truck*",
            "trailer*", "ev", "charger*", "charging",
        ],
    ),
    (
        PolicyTopic::Wifi,
        &[
            "wifi",
            "wi fi",
            "internet",
            "wireless",
            "wlan",
            "network password",
            "online",
        ],
    ),
    (PolicyTopic::Smoking, &["smok*", "vap*", "cigar*"]),
    (
        PolicyTopic::Breakfast,
        &["breakfast*", "morning coffee", "bagel*"],
    ),
    (
        PolicyTopic::Children,
        &[
            "child*", "kid", "kids", "baby", "babies", "infant*", "toddler*", "crib*", "cot",
            "cots",
        ],
    ),
    (
        PolicyTopic::QuietHours,
        &[
            "quiet*",
            "nois*",
            "loud",
            "have a party",
            "throw a party",
            "host a party",
            "parties",
            "visitor*",
            "music",
        ],
    ),
    (
        PolicyTopic::LateArrival,
        &[
            "arriv* late",
            "late arriv*",
            "late check in",
            "check in late",
            "checking in late",
            "come late",
            "get in late",
            "after midnight",
            "middle of the night",
            "after hours",
            "key box",
            "reception open",
            "front desk open",
            "desk hours",
            "reception hours",
        ],
    ),
    (
        PolicyTopic::CheckIn,
        &[
            "check in",
            "checking in",
            "checkin",
            "check in time",
            "arriv*",
            "early check in",
            "id",
            "passport*",
            "minimum age",
            "how old",
        ],
    ),
    (
        PolicyTopic::CheckOut,
        &[
            "check out",
            "checking out",
            "checkout",
            "check out time",
            "late check out",
            "late checkout",
            "leave by",
            "have to leave",
            "vacate",
        ],
    ),
    (
        PolicyTopic::Payment,
        &[
            "pay",
            "paying",
            "payment*",
            "card",
            "cards",
            "credit card*",
            "debit card*",
            "cash",
            "visa",
            "mastercard",
            "amex",
            "deposit*",
            "paypal",
            "apple pay",
        ],
    ),
    (
        PolicyTopic::Accessibility,
        &[
            "accessib*",
            "wheelchair*",
            "disab*",
            "elevator*",
            "lift",
            "step free",
            "stairs",
            "roll in shower",
            "grab bar*",
            "ground floor",
        ],
    ),
    (
        PolicyTopic::StayLength,
        &[
            "minimum stay",
            "maximum stay",
            "minimum nights",
            "how long can i stay",
            "how long can we stay",
            "longest stay",
            "shortest stay",
            "one night only",
        ],
    ),
    (
        PolicyTopic::Guests,
        &[
            "how many guests",
            "how many people",
            "group size",
            "minimum guests",
            "maximum guests",
            "at the table",
        ],
    ),
    (
        PolicyTopic::Travel,
        &[
            "how far",
            "travel",
            "travel fee",
            "distance",
            "miles",
            "come to us",
        ],
    ),
];

impl Policies {
    /// The topic a guest's question is about, if it is about one that policies can have. Whether this property has a
    /// rule on it is for [`Policies::answer`] to say.
    ///
    /// ```
    /// use motel_tenancy::{Policies, PolicyTopic};
    ///
    /// assert_eq!(Policies::match_question("Do you take dogs?"), Some(PolicyTopic::Pets));
    /// assert_eq!(Policies::match_question("Could I get a late check-out?"), Some(PolicyTopic::CheckOut));
    /// assert_eq!(Policies::match_question("What is the capital of France?"), None);
    /// ```
    pub fn match_question(question: &str) -> Option<PolicyTopic> {
        let question = question.to_lowercase();
        let words: Vec<&str> = question
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let mut best = (0, None);
        for (topic, signs) in SIGNS {
            let strength = signs
                .iter()
                .map(|sign| strength(sign, &words))
                .max()
                .unwrap_or(0);
            if strength > best.0 {
                best = (strength, Some(*topic));
            }
        }
        best.1
    }
}

/// How many words of the question a sign explains: all of its own, or none.
fn strength(sign: &str, words: &[&str]) -> usize {
    let sign: Vec<&str> = sign.split(' ').collect();
    let occurs = words.windows(sign.len()).any(|window| {
        window
            .iter()
            .zip(&sign)
            .all(|(word, sign)| fits(word, sign))
    });
    if occurs { sign.len() } else { 0 }
}

fn fits(word: &str, sign: &str) -> bool {
    match sign.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == sign,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn guests_questions_find_their_topic() {
        use PolicyTopic::*;
        for (question, topic) in [
            ("do you take dogs?", Pets),
            ("How much is the pet fee", Pets),
            ("Is parking free?", Parking),
            (
                "where can I charge... is there a charger for my EV",
                Parking,
            ),
            ("is there wi-fi", Wifi),
            ("What's your cancellation policy?", Cancellation),
            ("can I get a refund", Cancellation),
            ("may I smoke in the room", Smoking),
            ("is breakfast included?", Breakfast),
            ("do you have a crib for our baby", Children),
            ("when are quiet hours", QuietHours),
            ("we'll arrive late, around 1 am", LateArrival),
            ("can I check in late?", LateArrival),
            ("what time is check-in", CheckIn),
            ("when do we have to check out", CheckOut),
            ("is a late checkout possible", CheckOut),
            ("do you take cash", Payment),
            ("are you wheelchair accessible?", Accessibility),
            ("what is the minimum stay", StayLength),
            ("how many people can you cook for", Guests),
            ("how far do you travel", Travel),
        ] {
            assert_eq!(
                Policies::match_question(question),
                Some(topic),
                "{question}"
            );
        }
    }

    #[test]
    fn other_talk_finds_none() {
        for question in [
            "",
            "hello",
            "a concatenation of cartons",
            "I'd like a room for two",
            "a party of four",
            "is there a national park?",
            "🙂",
        ] {
            assert_eq!(Policies::match_question(question), None, "{question}");
        }
    }

    proptest! {
        #[test]
        fn matching_never_panics(text in "\\PC{0,200}") {
            let _ = Policies::match_question(&text);
        }
    }
}
