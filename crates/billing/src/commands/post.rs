use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::model::{Line, NewPosting};
use crate::schema::postings;
use crate::{BillingError, Folio};

/// Posts lines, each once: a line whose source was posted before is passed over. Answers how many are new.
pub(super) async fn post(
    tx: &mut TenantTx,
    folio: &Folio,
    lines: &[Line],
) -> Result<usize, BillingError> {
    let tenant = tx.tenant();
    let rows: Vec<NewPosting<'_>> = lines
        .iter()
        .map(|line| NewPosting::new(tenant, folio.id, line))
        .collect();
    let posted = diesel::insert_into(postings::table)
        .values(&rows)
        .on_conflict((postings::tenant_id, postings::folio_id, postings::source))
        .do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(posted)
}
