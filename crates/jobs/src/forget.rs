use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::JobsError;
use crate::schema::jobs_functions;

/// Puts the address of a guest who is erased out of everything that happened: where it is the whole of a field, `becomes`
/// takes its place, which has to be of the form `erased-<hex>@erased.invalid`. Answers in how many events.
///
/// # Errors
/// The database failed, or `becomes` is another address.
pub async fn reword(tx: &mut TenantTx, was: &str, becomes: &str) -> Result<i64, JobsError> {
    let reworded = diesel::select(jobs_functions::reword(was, becomes))
        .get_result(tx.conn())
        .await?;
    Ok(reworded)
}
