use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::Email;

use crate::TenancyError;
use crate::schema::staff;

/// Whether somebody of the installation signs in with the address, whether they still may or not: then nobody else can. Only
/// who reads mail at the address may be told.
///
/// # Errors
/// The database failed.
pub async fn has_account(tx: &mut PlatformTx, email: &Email) -> Result<bool, TenancyError> {
    let theirs = staff::table.filter(staff::email.eq(email));
    Ok(diesel::select(exists(theirs)).get_result(tx.conn()).await?)
}
