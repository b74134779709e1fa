use std::collections::BTreeSet;

use crate::{InvoiceError, InvoiceKind, InvoiceLine, Snapshot};

/// The lines of an invoice turned around: those that are wanted, or all that were not credited before.
pub(crate) fn taken_back(
    invoice: &Snapshot,
    wanted: Option<&[i32]>,
    credited: &BTreeSet<i32>,
) -> Result<Vec<InvoiceLine>, InvoiceError> {
    if invoice.kind() != InvoiceKind::Invoice {
        return Err(InvoiceError::NotCreditable);
    }
    let positions = match wanted {
        Some(wanted) => known(invoice, wanted)?,
        None => {
            let all = invoice.lines.iter().map(|line| line.position);
            all.filter(|position| !credited.contains(position))
                .collect()
        }
    };
    if positions.is_empty() || !positions.is_disjoint(credited) {
        return Err(InvoiceError::AlreadyCredited);
    }
    let lines = invoice.lines.iter();
    let lines = lines.filter(|line| positions.contains(&line.position));
    lines.map(turned).collect()
}

fn known(invoice: &Snapshot, wanted: &[i32]) -> Result<BTreeSet<i32>, InvoiceError> {
    let is_there = |position: i32| invoice.lines.iter().any(|line| line.position == position);
    match wanted.iter().find(|position| !is_there(**position)) {
        Some(position) => Err(InvoiceError::UnknownLine(*position)),
        None => Ok(wanted.iter().copied().collect()),
    }
}

fn turned(line: &InvoiceLine) -> Result<InvoiceLine, InvoiceError> {
    let mut turned = line.clone();
    turned.amount = line.amount.negated()?;
    for within in &mut turned.within {
        within.amount = within.amount.negated()?;
    }
    Ok(turned)
}
