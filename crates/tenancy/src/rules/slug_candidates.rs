use rand::RngExt;

use crate::model::is_unseen;
use crate::{Slug, TenantKind};

/// What no business is called in addresses: paths of the installation, and names by which somebody could pass for its operator.
const RESERVED: &[&str] = &[
    "abuse",
    "admin",
    "administrator",
    "api",
    "app",
    "assets",
    "billing",
    "blog",
    "console",
    "dev",
    "docs",
    "health",
    "help",
    "hostmaster",
    "login",
    "mail",
    "noreply",
    "operator",
    "payments",
    "phone",
    "platform",
    "postmaster",
    "remotemotel",
    "root",
    "security",
    "sign-in",
    "sign-up",
    "signup",
    "static",
    "status",
    "support",
    "system",
    "t",
    "webmaster",
    "www",
];

/// The longest that leaves room for what tells two of one name apart.
const LONGEST_BASE: usize = 32;

/// Letters that are not taken for others when somebody reads an address aloud.
const LETTERS: &[u8] = b"bcdfghjkmnpqrstvwxz23456789";

/// The words of a name in small letters of the English alphabet and digits, whatever it was written in: an address looks
/// the same to everybody, and letters that only look alike make no second one.
pub fn plain_words(name: &str) -> Vec<String> {
    let seen: String = name.chars().filter(|letter| !is_unseen(*letter)).collect();
    let plain = deunicode::deunicode(&seen.replace('&', " and ")).to_lowercase();
    let plain = plain.replace(['\'', '`'], "");
    plain
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What a business of that name may be called in addresses, the best first: its name, the name with a number, and in the end
/// with letters that nobody else has. Reserved words are not among them, nor is `own`: the address of the installation's own business.
pub(crate) fn slug_candidates(
    name: &str,
    kind: TenantKind,
    own: &Slug,
) -> impl Iterator<Item = Slug> {
    let base = base(name, kind);
    let numbered = (2..10).map({
        let base = base.clone();
        move |number| format!("{base}-{number}")
    });
    let lettered = std::iter::repeat_with({
        let base = base.clone();
        move || format!("{base}-{}", some_letters())
    });
    std::iter::once(base)
        .chain(numbered)
        .chain(lettered.take(5))
        .filter(|candidate| !RESERVED.contains(&candidate.as_str()))
        .filter_map(|candidate| Slug::parse(&candidate).ok())
        .filter(move |candidate| candidate != own)
}

fn base(name: &str, kind: TenantKind) -> String {
    let words = plain_words(name).join("-");
    let short: String = words.chars().take(LONGEST_BASE).collect();
    match short.trim_matches('-') {
        "" => trade(kind).to_owned(),
        base => base.to_owned(),
    }
}

/// For a name of which no letter is left.
fn trade(kind: TenantKind) -> &'static str {
    match kind {
        TenantKind::Motel => "motel",
        TenantKind::PrivateDining => "dining",
        TenantKind::Consulting => "studio",
    }
}

fn some_letters() -> String {
    let mut random = rand::rng();
    let letter = |_| {
        let at = random.random_range(0..LETTERS.len());
        LETTERS.get(at).map(|letter| char::from(*letter))
    };
    (0..7).filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    fn candidates(name: &str) -> impl Iterator<Item = Slug> {
        let own = Slug::parse("lakeside").unwrap();
        let all: Vec<_> = slug_candidates(name, TenantKind::Motel, &own).collect();
        all.into_iter()
    }

    fn first(name: &str) -> String {
        candidates(name).next().unwrap().to_string()
    }

    #[test]
    fn names_become_addresses_that_everybody_can_type() {
        for (name, slug) in [
            ("Sunrise Motel", "sunrise-motel"),
            ("  Dana's  Inn ", "danas-inn"),
            ("Bed & Breakfast Nº 7", "bed-and-breakfast-no-7"),
            ("Zum Grünen Bären", "zum-grunen-baren"),
            ("Gruppe Łódź", "gruppe-lodz"),
            ("Отель Заря", "otel-zaria"),
            ("e\u{301}toile", "etoile"),
            ("../../etc/passwd", "etc-passwd"),
            ("-_-", "motel"),
            ("", "motel"),
        ] {
            assert_eq!(first(name), slug, "{name}");
        }
    }

    #[test]
    fn nobody_passes_for_the_installation_however_it_is_written() {
        for name in [
            "Admin",
            "ADMIN",
            "ａｄｍｉｎ",
            "аdmin",
            " a\u{200b}dmin ",
            "admin!",
        ] {
            assert_eq!(first(name), "admin-2", "{name}");
        }
        for reserved in RESERVED {
            let mut all = candidates(reserved);
            assert!(all.all(|slug| slug.as_str() != *reserved), "{reserved}");
        }
    }

    #[test]
    fn nobody_gets_the_address_of_the_installation_s_own_business() {
        for name in ["Lakeside", "LAKESIDE!", "lakesidе"] {
            assert_eq!(first(name), "lakeside-2", "{name}");
        }
    }

    #[test]
    fn many_of_one_name_find_names_of_their_own() {
        let all: Vec<_> = candidates("Sunrise").collect();
        assert_eq!(all.len(), 14);
        assert_eq!(all[8].as_str(), "sunrise-9");
        let different: std::collections::BTreeSet<_> = all.iter().map(Slug::as_str).collect();
        assert_eq!(different.len(), all.len());
    }

    proptest! {
        #[test]
        fn whatever_a_business_is_called_there_is_an_address(name in "\\PC{0,120}") {
            let all: Vec<_> = candidates(&name).collect();
            prop_assert!(all.len() >= 13, "{:?}", all);
            prop_assert!(all.iter().all(|slug| !RESERVED.contains(&slug.as_str())));
        }

        #[test]
        fn capitals_make_no_other_address(name in "[a-zA-Z ]{1,40}") {
            prop_assert_eq!(first(&name.to_uppercase()), first(&name.to_lowercase()));
        }
    }
}
