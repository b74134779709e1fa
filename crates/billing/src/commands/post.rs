use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, By};
use motel_db::TenantTx;
use motel_kernel::{FolioId, PostingId, PropertyId};
use uuid::Uuid;

use crate::model::{Draft, EntryId, EntryLine, NewPosting};
use crate::rules::entry_lines as lines_of;
use crate::schema::{entries, entry_lines, postings};
use crate::{BillingError, Folio, queries};

/// Where, when, on whose word and why something is posted.
#[derive(Debug, Clone)]
pub(super) struct Occasion {
    property: PropertyId,
    /// The day the property works on, when not said.
    business_date: Option<NaiveDate>,
    by: By,
}

impl Occasion {
    pub(super) fn of(booking: &Booking, by: By) -> Self {
        Self {
            property: booking.property,
            business_date: None,
            by,
        }
    }

    /// What happens at a property, on no folio.
    pub(super) fn at(property: PropertyId, by: By) -> Self {
        Self {
            property,
            business_date: None,
            by,
        }
    }

    pub(super) fn on(self, day: NaiveDate) -> Self {
        Self {
            business_date: Some(day),
            ..self
        }
    }
}

/// Posts lines as one entry of the ledger, each line once: one whose source its folio knows is passed over. Answers the
/// new ones. Whoever calls has the turn on the folios.
///
/// # Errors
/// [`BillingError::FolioClosed`].
pub(super) async fn post(
    tx: &mut TenantTx,
    occasion: &Occasion,
    drafts: Vec<Draft>,
) -> Result<Vec<PostingId>, BillingError> {
    let new = unposted(tx, drafts).await?;
    if new.is_empty() {
        return Ok(Vec::new());
    }
    if new.iter().any(|draft| !draft.folio.is_open()) {
        return Err(BillingError::FolioClosed);
    }
    let named: Vec<(PostingId, Draft)> = new
        .into_iter()
        .map(|draft| (PostingId::new(), draft))
        .collect();
    let folios: Vec<&Folio> = named.iter().map(|(_, draft)| &draft.folio).collect();
    let mut balances = queries::folio_sums(tx, &folios).await?;
    let lines = lines_of(&named, &mut balances)?;
    let entry = Uuid::now_v7();
    insert_entry(tx, entry, occasion).await?;
    insert_postings(tx, entry, &named).await?;
    insert_lines(tx, entry, &lines).await?;
    Ok(named.into_iter().map(|(id, _)| id).collect())
}

async fn unposted(tx: &mut TenantTx, drafts: Vec<Draft>) -> Result<Vec<Draft>, BillingError> {
    if drafts.is_empty() {
        return Ok(drafts);
    }
    let sources: Vec<&str> = drafts
        .iter()
        .map(|draft| draft.line.source.as_str())
        .collect();
    let folios: Vec<FolioId> = drafts.iter().map(|draft| draft.folio.id).collect();
    let found: Vec<(FolioId, String)> = postings::table
        .filter(postings::tenant_id.eq(tx.tenant()))
        .filter(postings::folio_id.eq_any(folios))
        .filter(postings::source.eq_any(sources))
        .select((postings::folio_id, postings::source))
        .load(tx.conn())
        .await?;
    let mut known: BTreeSet<(FolioId, String)> = found.into_iter().collect();
    Ok(drafts
        .into_iter()
        .filter(|draft| known.insert((draft.folio.id, draft.line.source.clone())))
        .collect())
}

pub(super) async fn insert_entry(
    tx: &mut TenantTx,
    entry: EntryId,
    occasion: &Occasion,
) -> Result<(), BillingError> {
    let day = match occasion.business_date {
        Some(day) => day,
        None => queries::business_date(tx, occasion.property).await?,
    };
    diesel::insert_into(entries::table)
        .values((
            entries::tenant_id.eq(tx.tenant()),
            entries::id.eq(entry),
            entries::property_id.eq(occasion.property),
            entries::business_date.eq(day),
            entries::actor.eq(occasion.by.actor.to_string()),
            entries::reason.eq(&occasion.by.reason),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn insert_postings(
    tx: &mut TenantTx,
    entry: EntryId,
    named: &[(PostingId, Draft)],
) -> Result<(), BillingError> {
    let tenant = tx.tenant();
    let rows: Vec<NewPosting<'_>> = named
        .iter()
        .map(|(id, draft)| NewPosting::new(tenant, entry, *id, draft))
        .collect();
    diesel::insert_into(postings::table)
        .values(&rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn insert_lines(
    tx: &mut TenantTx,
    entry: EntryId,
    lines: &[EntryLine],
) -> Result<(), BillingError> {
    let tenant = tx.tenant();
    let rows: Vec<_> = (1_i16..)
        .zip(lines)
        .map(|(number, line)| {
            (
                entry_lines::tenant_id.eq(tenant),
                entry_lines::entry_id.eq(entry),
                entry_lines::line.eq(number),
                entry_lines::account.eq(line.account.kind),
                entry_lines::detail.eq(&line.account.detail),
                entry_lines::folio_id.eq(line.folio),
                entry_lines::posting_id.eq(Some(line.posting)),
                entry_lines::amount_minor.eq(line.amount.minor()),
                entry_lines::currency.eq(line.amount.currency().code()),
            )
        })
        .collect();
    diesel::insert_into(entry_lines::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}
