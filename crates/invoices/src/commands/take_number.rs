use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::schema::series;
use crate::{InvoiceError, InvoiceKind, InvoiceNumber};

/// The next number of a property for documents of a kind in the year of that day.
///
/// The row of the series is held until the transaction ends: whoever else issues such a document waits, and a number that is
/// rolled back is the next one's. So take the number first and read afterwards what the document is about.
pub(super) async fn take_number(
    tx: &mut TenantTx,
    property: PropertyId,
    kind: InvoiceKind,
    day: NaiveDate,
) -> Result<InvoiceNumber, InvoiceError> {
    let year = i16::try_from(day.year()).map_err(InvoiceError::fault)?;
    let first = (
        series::tenant_id.eq(tx.tenant()),
        series::property_id.eq(property),
        series::kind.eq(kind),
        series::year.eq(year),
        series::last.eq(1),
    );
    let sequence = diesel::insert_into(series::table)
        .values(first)
        .on_conflict((
            series::tenant_id,
            series::property_id,
            series::kind,
            series::year,
        ))
        .do_update()
        .set(series::last.eq(series::last + 1))
        .returning(series::last)
        .get_result(tx.conn())
        .await?;
    Ok(InvoiceNumber {
        kind,
        year,
        sequence,
    })
}
