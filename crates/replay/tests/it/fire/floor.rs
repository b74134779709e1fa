//! How much must have succeeded, so that no run passes by refusing everything.

use super::books::Figures;
use super::crowd::Done;
use super::operation::Operation;

/// How many of a thousand operations succeed at least, by what they are: about a third of what usually does.
const OF_A_THOUSAND: &[(Operation, u64)] = &[
    (Operation::Book, 15),
    (Operation::Hold, 8),
    (Operation::Confirm, 4),
    (Operation::Cancel, 15),
    (Operation::CheckIn, 10),
    (Operation::CheckOut, 6),
    (Operation::NoShow, 1),
    (Operation::Reinstate, 3),
    (Operation::Undo, 2),
    (Operation::Modify, 12),
    (Operation::Extend, 4),
    (Operation::DepartEarly, 1),
    (Operation::Split, 2),
    (Operation::Add, 4),
    (Operation::Move, 2),
    (Operation::Pin, 4),
    (Operation::Unpin, 4),
    (Operation::Block, 4),
    (Operation::Unblock, 4),
    (Operation::Expire, 1),
    (Operation::Audit, 4),
    (Operation::NextDay, 4),
];

/// What there is too little of.
pub(super) fn missing(operations: u64, done: &Done, figures: &Figures) -> Vec<String> {
    // Of what is rare a short run may have none.
    let least = |of_a_thousand: u64| match operations * of_a_thousand / 1_000 {
        few if few < 3 => 0,
        enough => enough,
    };
    let short = |what: String, there: u64, least: u64| {
        (there < least).then(|| format!("{what}: {there}, and should be {least} at least"))
    };
    let by_kind = OF_A_THOUSAND.iter().map(|(operation, of_a_thousand)| {
        let succeeded = done.count(*operation);
        short(format!("{operation:?}"), succeeded, least(*of_a_thousand))
    });
    let by_row = [
        ("nights charged by audits", figures.charged_nights, 15),
        ("lines on folios", figures.postings, 50),
        ("folios with a line", figures.folios, 10),
        (
            "bookings that are over, settled to the cent",
            figures.settled,
            6,
        ),
    ];
    let by_row = by_row
        .into_iter()
        .map(|(what, there, of_a_thousand)| short(what.to_owned(), there, least(of_a_thousand)));
    let cut = short("connections cut".to_owned(), done.cuts, operations / 200);
    by_kind.chain(by_row).flatten().chain(cut).collect()
}
