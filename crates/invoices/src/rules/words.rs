//! What lines are called in the language of a document. What staff wrote stays as they wrote it.

use motel_billing::{AccountKind, PostingKind, StatementLine};

use crate::Language;

/// What was sold.
pub(super) fn charge(line: &StatementLine, language: Language) -> String {
    let account = line.account.as_ref();
    let revenue = account.filter(|account| account.kind == AccountKind::Revenue);
    let by_house = !matches!(line.posting.kind, PostingKind::Reversal);
    let detail = revenue.map(|account| account.detail.as_str());
    let word = match detail.filter(|_| by_house) {
        Some("room") => Some(by(
            language,
            ["Room", "Übernachtung", "Alojamiento", "Hébergement"],
        )),
        Some("cancellation") => Some(by(
            language,
            [
                "Cancellation fee",
                "Stornogebühr",
                "Gastos de cancelación",
                "Frais d’annulation",
            ],
        )),
        Some("no_show") => Some(by(
            language,
            [
                "No-show fee",
                "Gebühr für Nichtanreise",
                "Gastos por no presentarse",
                "Frais de non-présentation",
            ],
        )),
        _ => None,
    };
    word.map_or_else(|| line.posting.description.clone(), str::to_owned)
}

/// Money that came in or went back, and by which way.
pub(super) fn money(line: &StatementLine, language: Language) -> String {
    let account = line.account.as_ref();
    if account.is_some_and(|account| account.kind.is_tender()) {
        return line.posting.description.clone();
    }
    let way = account.map_or("", |account| account.detail.as_str());
    let what = match line.posting.kind {
        PostingKind::Payment => by(language, ["Payment", "Zahlung", "Pago", "Paiement"]),
        PostingKind::Refund => by(
            language,
            ["Refund", "Erstattung", "Reembolso", "Remboursement"],
        ),
        _ => return line.posting.description.clone(),
    };
    match method(way, language) {
        Some(method) => format!("{what}, {method}"),
        None => what.to_owned(),
    }
}

fn method(way: &str, language: Language) -> Option<&'static str> {
    Some(match way {
        "cash" => by(language, ["cash", "bar", "efectivo", "espèces"]),
        "card" | "stripe" | "sandbox" => by(language, ["card", "Karte", "tarjeta", "carte"]),
        "bank_transfer" => by(
            language,
            [
                "bank transfer",
                "Überweisung",
                "transferencia bancaria",
                "virement bancaire",
            ],
        ),
        "cheque" => by(language, ["cheque", "Scheck", "cheque", "chèque"]),
        "paypal" => "PayPal",
        _ => return None,
    })
}

/// In the order in which languages are declared.
fn by(language: Language, [en, de, es, fr]: [&'static str; 4]) -> &'static str {
    match language {
        Language::En => en,
        Language::De => de,
        Language::Es => es,
        Language::Fr => fr,
    }
}
