#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::TimeDelta;
use motel_kernel::{ApiKeyId, SessionId, StaffId, TenantId};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::tokens::Holder;
use crate::{Permission, Permissions};

const HOUSE: &str = "https://motel.example";

fn noon() -> DateTime<Utc> {
    "2026-12-01T12:00:00Z".parse().unwrap()
}

fn ours() -> AccessTokens {
    AccessTokens::new(&"a secret of a test".into(), HOUSE, Lifetime::default())
}

fn grant() -> Grant {
    Grant {
        tenant: TenantId::new(),
        holder: Holder::Staff(StaffId::new(), SessionId::new()),
        permissions: [Permission::ReadRooms, Permission::ReadRates]
            .into_iter()
            .collect(),
    }
}

fn word(grant: &Grant) -> String {
    let token = ours().issue(grant, None, noon()).unwrap();
    assert_eq!(token.seconds, 900);
    token.word.expose_secret().to_owned()
}

/// A token with what it says changed before it is signed by our own key.
fn signed(header: &Header, change: impl FnOnce(&mut Value)) -> String {
    let end = noon() + TimeDelta::minutes(15);
    let claims = Claims::new(HOUSE, &grant(), noon(), end);
    let mut claims = serde_json::to_value(claims).unwrap();
    change(&mut claims);
    encode(header, &claims, &ours().0.sign).unwrap()
}

fn header() -> Header {
    Header {
        typ: Some(KIND.to_owned()),
        ..Header::new(Algorithm::HS256)
    }
}

fn unsigned(header: &Value, text: &str) -> String {
    use base64::Engine;
    let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(header.to_string());
    let claims = text.split('.').nth(1).unwrap();
    format!("{encoded}.{claims}.")
}

#[test]
fn what_was_granted_is_read_again() {
    for holder in [grant().holder, Holder::Key(ApiKeyId::new())] {
        let grant = Grant { holder, ..grant() };
        assert_eq!(ours().read(&word(&grant), noon()), Some(grant));
    }
    let everything = Grant {
        permissions: Permissions::all(),
        ..grant()
    };
    let word = word(&everything);
    assert!(word.len() < MOST_BYTES / 2, "{}", word.len());
    assert_eq!(ours().read(&word, noon()), Some(everything));
    assert!(ours().read(&signed(&header(), |_| {}), noon()).is_some());
}

#[test]
fn it_ends_with_what_it_was_made_for() {
    let soon = noon() + TimeDelta::minutes(2);
    let token = ours().issue(&grant(), Some(soon), noon()).unwrap();
    assert_eq!(token.seconds, 120);
    let after = soon + TimeDelta::minutes(1);
    assert_eq!(ours().read(token.word.expose_secret(), after), None);
    let shown = format!("{token:?}");
    assert!(
        !shown.contains(token.word.expose_secret()),
        "a token is printed"
    );
}

#[test]
fn what_nobody_signed_is_nothing() {
    let good = word(&grant());
    for alg in ["none", "None", "NONE", "nOnE", "", "hs256", "HS256"] {
        let bare = unsigned(&json!({ "alg": alg, "typ": KIND }), &good);
        assert_eq!(ours().read(&bare, noon()), None, "{alg}");
        let signature = good.rsplit('.').next().unwrap();
        let moved = format!("{bare}{signature}");
        let is_ours = ours().read(&moved, noon()).is_some();
        assert!(!is_ours, "{alg}: the signature is not of this header");
    }
}

#[test]
fn another_key_another_house_and_another_algorithm_are_not_ours() {
    let other_key = AccessTokens::new(&"another secret".into(), HOUSE, Lifetime::default());
    let other_house = "https://motel.example.evil.example";
    let other_house = AccessTokens::new(
        &"a secret of a test".into(),
        other_house,
        Lifetime::default(),
    );
    let word = word(&grant());
    assert_eq!(other_key.read(&word, noon()), None);
    assert_eq!(other_house.read(&word, noon()), None);
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let header = Header {
            alg: algorithm,
            ..header()
        };
        assert_eq!(ours().read(&signed(&header, |_| {}), noon()), None);
    }
    let of_the_secret_itself = EncodingKey::from_secret(b"a secret of a test");
    let claims = Claims::new(HOUSE, &grant(), noon(), noon() + TimeDelta::minutes(5));
    let forged = encode(&header(), &claims, &of_the_secret_itself).unwrap();
    assert_eq!(ours().read(&forged, noon()), None);
}

#[test]
fn a_token_says_everything_and_says_it_rightly() {
    for part in [
        "iss", "aud", "sub", "jti", "tenant", "sid", "scope", "nbf", "exp", "iat",
    ] {
        let without = signed(&header(), |claims| {
            claims.as_object_mut().unwrap().remove(part);
        });
        assert_eq!(ours().read(&without, noon()), None, "without {part}");
    }
    for (part, value) in [
        ("iss", json!("HTTPS://MOTEL.EXAMPLE")),
        ("aud", json!(["https://other.example"])),
        ("sub", json!("STAFF:01890a5d-ac96-774b-bcce-b302099a8057")),
        ("sub", json!("system")),
        ("tenant", json!("")),
        ("exp", json!("2100-01-01")),
        ("exp", json!(-1)),
        ("exp", json!(noon().timestamp() - 31)),
        ("nbf", json!(noon().timestamp() + 31)),
        ("nbf", json!(1e300)),
    ] {
        let wrong = signed(&header(), |claims| claims[part] = value.clone());
        assert_eq!(ours().read(&wrong, noon()), None, "{part}: {value}");
    }
    for kind in [None, Some("JWT".to_owned()), Some("AT+JWT".to_owned())] {
        let header = Header {
            typ: kind.clone(),
            ..header()
        };
        assert_eq!(
            ours().read(&signed(&header, |_| {}), noon()),
            None,
            "{kind:?}"
        );
    }
}

#[test]
fn what_is_longer_than_any_is_not_even_looked_at() {
    let long = signed(&header(), |claims| {
        claims["scope"] = json!("rooms:read ".repeat(400))
    });
    assert!(long.len() > MOST_BYTES);
    assert_eq!(ours().read(&long, noon()), None);
}

proptest! {
    #[test]
    fn a_changed_letter_anywhere_is_another_token(place in 0..10_000_usize, letter in "[A-Za-z0-9_.-]") {
        let good = word(&grant());
        let place = place % good.len();
        let mut changed = good.clone();
        changed.replace_range(place..=place, &letter);
        // The last letter carries bits that mean nothing; a decoder that let them be anything would read two texts as one.
        prop_assert_eq!(ours().read(&changed, noon()).is_some(), changed == good);
    }

    #[test]
    fn nonsense_is_no_token(text in "\\PC{0,80}") {
        prop_assert_eq!(ours().read(&text, noon()), None);
    }
}
