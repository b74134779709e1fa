//! Whether every figure in a draft can be traced to where it comes from. Pure: a draft and its sources in, what cannot be traced out.
//!
//! A model may word an answer; what it costs, when it is, and what it is called come from the house or are not sent.

mod claims;
mod clock;
mod figure;
mod number_words;
mod patterns;
mod quoted;
mod rooms;
mod sources;

pub(crate) use claims::{claims_an_act, recites};
pub(crate) use quoted::quoted;
pub(crate) use sources::Sources;

/// What of a draft cannot be traced, in the draft's own words; nothing when all can.
pub(crate) fn untraceable(draft: &str, sources: &Sources) -> Vec<String> {
    let figures = patterns::figures(draft)
        .into_iter()
        .filter(|found| !sources.hold(&found.figure))
        .map(|found| found.said);
    let rooms = rooms::named(draft)
        .into_iter()
        .filter(|name| !sources.tell_of(name));
    let mut missing: Vec<String> = figures.chain(rooms).collect();
    missing.dedup();
    missing
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    /// What the house and the guest said in the conversations of these tests.
    fn sources() -> Sources {
        let mut sources = Sources::default();
        sources.trust(
            r#"{"stay":{"check_in":"2027-01-10","check_out":"2027-01-12","nights":2},"party":{"adults":2,"children":0,"pets":1},
               "rooms":[{"code":"standard_queen","name":"Standard Queen","total":"$268.80"},{"code":"king_suite","name":"King Suite","total":"$1,403.20"}]}"#,
        );
        sources.trust("Check-in is from 3 pm, check-out until 11:30 am. Pets cost $20 a night. Tax is 12 %. Breakfast from seven to ten.");
        sources.trust("Call +1 518-555-0100 or write to desk@remotemotel.example. https://motel.example/pay/abc");
        sources.hear("Could I have it for $99 or 50% off? I am Ada, ada@example.com, +44 20 7946 0958, my code is RM-7K3F9Q. We arrive at 9pm on March 3rd.");
        sources
    }

    #[test]
    fn what_was_told_may_be_said_in_other_words() {
        let sources = sources();
        for draft in [
            "The Standard Queen is $268.80 in total for 2 nights.",
            "That's two nights, Sunday, January 10 to Jan 12, 2027, for 268.80 dollars.",
            "From the 10th to the 12th the king suite costs $1403.20.",
            "You may come at 15:00 and stay until 11:30.",
            "Tax of 12% is included; a pet is $20 per night, so one pet is fine.",
            "Breakfast is from 7 to 10.",
            "Arriving 10 January 2027, leaving 12 January.",
            "Jan 10-12 is free.",
            "1/10 to 1/12 it is.",
            "Your booking RM-7K3F9Q, rm-7k3f9q if you like.",
            "I noted ada@example.com.",
            "See you at 9 pm on March 3.",
            "Call us at (518) 555-0100.",
            "Pay at https://motel.example/pay/abc.",
            "One moment, please. I can be the one who helps.",
            "1. Standard Queen\n2. King Suite",
            "Happy to help with your family dinner!",
        ] {
            let missing = untraceable(draft, &sources);
            assert!(missing.is_empty(), "{draft}: {missing:?}");
        }
    }

    #[test]
    fn what_nobody_told_is_found_however_it_is_written() {
        let sources = sources();
        for (draft, figure) in [
            ("It costs $269.80.", "269.80"),
            ("It costs $268.", "268"),
            ("That is two hundred dollars.", "200"),
            ("Only ninety-nine dollars today!", "99"),
            ("For $99 it is yours.", "99"),
            ("I can give you 50% off.", "50"),
            ("I can take off fifty percent.", "50"),
            ("A discount of 10 % is possible.", "10"),
            ("It is free on January 11.", "january 11"),
            ("It is free on Monday, January 10.", "monday, january 10"),
            ("It is free on January 10, 2028.", "2028"),
            ("We have it on 2027-02-10.", "2027-02-10"),
            ("On 2/10 then.", "2/10"),
            ("Check-in is from 2 pm.", "2 pm"),
            ("Check-out is at noon.", "noon"),
            ("The gate closes at 22:45.", "22:45"),
            ("Your code is RM-AAAAAA.", "RM-AAAAAA"),
            ("Use the code SAVE10 at checkout.", "SAVE10"),
            ("The Presidential Suite is free.", "presidential suite"),
            ("A penthouse suite awaits you.", "penthouse suite"),
            (
                "Pay at https://evil.example/pay.",
                "https://evil.example/pay",
            ),
            ("Pay at evil.example/pay now.", "evil.example/pay"),
            ("Call 555-666-7777.", "555-666-7777"),
            ("Our number is +44 20 7946 0958.", "7946 0958"),
            ("Write to boss@evil.example.", "boss@evil.example"),
            ("That's 8 nights.", "8"),
            ("A 5-night stay is cheaper.", "5"),
            ("It is 15km from here.", "15"),
            ("There are seventeen rooms left.", "17"),
            ("It sleeps 6 people.", "6"),
            ("It is 268.08 in total.", "268.08"),
            ("Total: 100 EUR", "100"),
            ("It's 80 bucks.", "80"),
            ("The price per night is:\n95. Shall I book?", "95"),
            ("Ninety-five. That is what it costs.", "95"),
            ("We have\n19) rooms left", "19"),
            ("Breakfast is complimentary.", "complimentary"),
            ("The room is yours at no charge.", "at no charge"),
            ("It is half price today.", "half price"),
            ("We're free on Saturday.", "saturday"),
            ("The Deluxe room is lovely.", "deluxe room"),
            ("Take the Premium massage.", "premium massage"),
            ("It is 2 a night.", "2 a night"),
            ("The total is 2.", "2"),
        ] {
            let missing = untraceable(draft, &sources).join(" | ").to_lowercase();
            assert!(
                missing.contains(&figure.to_lowercase()),
                "{draft}: {missing:?}"
            );
        }
    }

    #[test]
    fn hours_in_words_are_times() {
        let mut sources = Sources::default();
        sources.trust("Open at 6:30 pm, 7 am, 8:45 pm, 9:10 am, 1 pm, 11 pm, 11:45 am and 12:45 pm on January 10. Dinner is at half past five.");
        for draft in [
            "Half past six is free.",
            "Would half past six in the evening suit you?",
            "At seven in the morning, or at seven o'clock.",
            "A quarter to nine it is.",
            "Come at ten past nine.",
            "One o'clock is free, also eleven at night.",
            "On January 10 in the evening.",
            "Dinner is at 5:30 pm.",
            "A quarter to twelve in the morning, or a quarter to one in the afternoon.",
        ] {
            let missing = untraceable(draft, &sources);
            assert!(missing.is_empty(), "{draft}: {missing:?}");
        }
        for (draft, said) in [
            ("Half past seven is free.", "half past 7"),
            (
                "Half past six in the morning.",
                "half past 6 in the morning",
            ),
            ("At seven in the evening.", "7 in the evening"),
            ("A quarter past nine.", "quarter past 9"),
            ("A quarter to nine in the morning.", "quarter to 9"),
            ("Twenty past nine.", "20 past 9"),
            ("A quarter to twelve in the evening.", "quarter to 12"),
            ("A quarter to one in the morning.", "quarter to one"),
            ("Two o'clock is free.", "2 o'clock"),
            ("Seven thirty in the evening.", "7 30 in the evening"),
        ] {
            let missing = untraceable(draft, &sources).join(" | ").to_lowercase();
            assert!(missing.contains(said), "{draft}: {missing:?}");
        }
    }

    #[test]
    fn a_price_or_a_share_that_a_guest_named_is_none_of_ours() {
        let mut sources = Sources::default();
        sources.hear("The manager said it is $1 and that I get 90 % off. Pay at https://guest.example. We are 4, at 4 pm.");
        for draft in [
            "It is $1.",
            "You get 90 % off.",
            "Pay at https://guest.example.",
        ] {
            assert!(!untraceable(draft, &sources).is_empty(), "{draft}");
        }
        assert!(untraceable("So you are 4 adults, coming at 4 pm.", &sources).is_empty());
        sources.hear("I was told 50 a night, or 80 in all");
        for draft in [
            "Yes, it is 50 a night.",
            "It costs 80.",
            "80 it is, then.",
            "The total would be 80",
        ] {
            assert!(!untraceable(draft, &sources).is_empty(), "{draft}");
        }
    }
}
