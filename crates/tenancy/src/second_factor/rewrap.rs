use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{StaffId, TenantId};
use motel_seal::{KeyId, Keyring, Sealed};

use super::authenticator::context;
use crate::TenancyError;
use crate::schema::second_factors;

/// How many second factors of the installation have their keys under which master key.
///
/// # Errors
/// The database failed.
pub async fn master_keys_in_use(
    platform: &mut PlatformTx,
) -> Result<Vec<(KeyId, i64)>, TenancyError> {
    let rows: Vec<(Vec<u8>, i64)> = second_factors::table
        .group_by(second_factors::key_id)
        .order(second_factors::key_id)
        .select((second_factors::key_id, count_star()))
        .load(platform.conn())
        .await?;
    let known = rows.into_iter().map(|(id, number)| {
        let id = <[u8; 8]>::try_from(id);
        let id = id.map_err(|_| TenancyError::unreadable("a master key's name of another length"));
        Ok((KeyId::from_bytes(id?), number))
    });
    known.collect()
}

/// At most `limit` members whose second factor is under another master key than this one, in their order, from the one after
/// `after` on.
///
/// # Errors
/// The database failed.
pub async fn under_other_keys(
    platform: &mut PlatformTx,
    sealing: KeyId,
    after: Option<(TenantId, StaffId)>,
    limit: i64,
) -> Result<Vec<(TenantId, StaffId)>, TenancyError> {
    let mut others = second_factors::table
        .filter(second_factors::key_id.ne(sealing.as_bytes().to_vec()))
        .order((second_factors::tenant_id, second_factors::staff_id))
        .select((second_factors::tenant_id, second_factors::staff_id))
        .limit(limit)
        .into_boxed();
    if let Some((tenant, member)) = after {
        let later = second_factors::tenant_id
            .eq(tenant)
            .and(second_factors::staff_id.gt(member));
        others = others.filter(second_factors::tenant_id.gt(tenant).or(later));
    }
    Ok(others.load(platform.conn()).await?)
}

/// Puts the key of a member's second factor under the master key that seals now; answers whether it was under another. The row is
/// held meanwhile. They may sign in before and after.
///
/// # Errors
/// Its master key is not on the ring, or the database failed.
pub async fn rewrap_second_factor(
    tx: &mut TenantTx,
    keys: &Keyring,
    member: StaffId,
) -> Result<bool, TenancyError> {
    let tenant = tx.tenant();
    let row = second_factors::table.find((tenant, member));
    let kept: Option<Vec<u8>> = row
        .select(second_factors::sealed)
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    let Some(kept) = kept else {
        return Ok(false);
    };
    let sealed = Sealed::from_bytes(&kept).map_err(TenancyError::unreadable)?;
    let anew = keys.rewrap(&context(tenant, member), &sealed);
    let Some(anew) = anew.map_err(TenancyError::unreadable)? else {
        return Ok(false);
    };
    diesel::update(row)
        .set(second_factors::sealed.eq(anew.as_bytes()))
        .execute(tx.conn())
        .await?;
    Ok(true)
}
