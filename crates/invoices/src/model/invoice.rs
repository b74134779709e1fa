use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Actor, FolioId, InvoiceId, PropertyId, TenantId};
use serde_json::Value;

use super::{InvoiceKind, Snapshot};
use crate::InvoiceError;
use crate::schema::documents;

/// An invoice, a receipt or a credit note. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The id.
    pub id: InvoiceId,
    /// Whose numbers it is counted by.
    pub property: PropertyId,
    /// The folio it is about.
    pub folio: FolioId,
    /// The invoice that a credit note corrects.
    pub corrects: Option<InvoiceId>,
    /// Who issued it.
    pub actor: Actor,
    /// All that stands on it.
    pub snapshot: Snapshot,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = documents, check_for_backend(diesel::pg::Pg))]
pub(crate) struct InvoiceRow {
    id: InvoiceId,
    property_id: PropertyId,
    folio_id: FolioId,
    corrects: Option<InvoiceId>,
    actor: Actor,
    snapshot: Value,
}

impl TryFrom<InvoiceRow> for Invoice {
    type Error = InvoiceError;

    fn try_from(row: InvoiceRow) -> Result<Self, InvoiceError> {
        Ok(Self {
            id: row.id,
            property: row.property_id,
            folio: row.folio_id,
            corrects: row.corrects,
            actor: row.actor,
            snapshot: serde_json::from_value(row.snapshot).map_err(InvoiceError::fault)?,
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = documents)]
pub(crate) struct NewInvoice {
    tenant_id: TenantId,
    id: InvoiceId,
    property_id: PropertyId,
    folio_id: FolioId,
    kind: InvoiceKind,
    year: i16,
    sequence: i32,
    corrects: Option<InvoiceId>,
    actor: Actor,
    issued_at: DateTime<Utc>,
    snapshot: Value,
}

impl NewInvoice {
    pub(crate) fn of(tenant: TenantId, invoice: &Invoice) -> Result<Self, InvoiceError> {
        let snapshot = &invoice.snapshot;
        Ok(Self {
            tenant_id: tenant,
            id: invoice.id,
            property_id: invoice.property,
            folio_id: invoice.folio,
            kind: snapshot.number.kind,
            year: snapshot.number.year,
            sequence: snapshot.number.sequence,
            corrects: invoice.corrects,
            actor: invoice.actor,
            issued_at: snapshot.issued_at,
            snapshot: serde_json::to_value(snapshot).map_err(InvoiceError::fault)?,
        })
    }
}
