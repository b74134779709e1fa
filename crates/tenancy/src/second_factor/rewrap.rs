use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;
use motel_seal::{Keyring, Sealed};

use super::authenticator::context;
use crate::TenancyError;
use crate::schema::second_factors;

/// Puts the keys of the tenant's second factors under the master key that seals now: how many were under another. Members may sign
/// in meanwhile.
///
/// # Errors
/// A key cannot be opened, or the database failed.
pub async fn rewrap_second_factors(
    tx: &mut TenantTx,
    keys: &Keyring,
) -> Result<usize, TenancyError> {
    let tenant = tx.tenant();
    let kept: Vec<(StaffId, Vec<u8>)> = second_factors::table
        .filter(second_factors::tenant_id.eq(tenant))
        .order(second_factors::staff_id)
        .select((second_factors::staff_id, second_factors::sealed))
        .for_no_key_update()
        .load(tx.conn())
        .await?;
    let mut rewrapped = 0;
    for (member, bytes) in kept {
        let sealed = Sealed::from_bytes(&bytes).map_err(TenancyError::unreadable)?;
        let anew = keys.rewrap(&context(tenant, member), &sealed);
        let Some(anew) = anew.map_err(TenancyError::unreadable)? else {
            continue;
        };
        diesel::update(second_factors::table.find((tenant, member)))
            .set(second_factors::sealed.eq(anew.as_bytes()))
            .execute(tx.conn())
            .await?;
        rewrapped += 1;
    }
    Ok(rewrapped)
}
