use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use crate::schema::credentials;
use crate::{KeptPasskey, PasskeyError, PasskeyId, PasskeyName};

/// Lets a member call a passkey of theirs something else.
///
/// # Errors
/// [`PasskeyError::NotFound`], also for somebody else's.
pub async fn rename_passkey(
    tx: &mut TenantTx,
    member: StaffId,
    id: PasskeyId,
    name: &PasskeyName,
) -> Result<KeptPasskey, PasskeyError> {
    let tenant = tx.tenant();
    diesel::update(credentials::table.find((tenant, id)))
        .filter(credentials::staff_id.eq(member))
        .set(credentials::name.eq(name))
        .returning(KeptPasskey::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?
        .ok_or(PasskeyError::NotFound)
}
