use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, StaffId};

use crate::account::{NewNotice, NoticeKind, make_notice};
use crate::commands::end_sessions_of;
use crate::schema::{passkey_holders, second_factors, sessions, staff};
use crate::second_factor::{end_devices_of, is_second_factor_required};
use crate::{StaffSession, TenancyError};

/// Holds a member whose passkeys are changed, as every change of an account does first. Who changes their password meanwhile ends the session.
///
/// # Errors
/// [`TenancyError::NotFound`] for who is not active any more, or whose session is over.
pub async fn hold_for_passkeys(
    tx: &mut TenantTx,
    session: &StaffSession,
) -> Result<(), TenancyError> {
    let member = staff::table
        .find((session.tenant, session.staff_id))
        .filter(staff::active)
        .select(staff::id)
        .for_no_key_update();
    let held: Option<StaffId> = member.first(tx.conn()).await.optional()?;
    held.ok_or(TenancyError::NotFound("member"))?;
    let open = sessions::table
        .find((session.tenant, session.id))
        .filter(sessions::ended_at.is_null());
    let open = diesel::select(diesel::dsl::exists(open))
        .get_result::<bool>(tx.conn())
        .await?;
    open.then_some(()).ok_or(TenancyError::NotFound("session"))
}

/// A member whom the caller holds keeps one more passkey now, and is told of it by mail. The first second factor of theirs ends their other
/// sessions and remembered devices.
///
/// # Errors
/// The database failed.
pub async fn keep_passkeys(
    tx: &mut TenantTx,
    session: &StaffSession,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    diesel::insert_into(passkey_holders::table)
        .values((
            passkey_holders::tenant_id.eq(session.tenant),
            passkey_holders::staff_id.eq(session.staff_id),
            passkey_holders::since.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    let without = staff::table
        .find((session.tenant, session.staff_id))
        .filter(staff::second_factor_at.is_null());
    let first = diesel::update(without)
        .set(staff::second_factor_at.eq(now))
        .execute(tx.conn())
        .await?;
    if first == 1 {
        end_devices_of(tx, session.staff_id, now).await?;
        end_sessions_of(tx, session.staff_id, Some(session.id)).await?;
    }
    tell(tx, session.staff_id, now).await
}

/// Whoever got at an account may have added it.
async fn tell(tx: &mut TenantTx, member: StaffId, now: DateTime<Utc>) -> Result<(), TenancyError> {
    let email: Email = staff::table
        .find((tx.tenant(), member))
        .select(staff::email)
        .first(tx.conn())
        .await?;
    let notice = NewNotice {
        member,
        kind: NoticeKind::PasskeyAdded,
        email: &email,
    };
    make_notice(tx, &notice, now).await
}

/// A passkey of a member whom the caller holds is gone, and others are `left` or not. Whoever showed it before and has yet to be signed in is
/// not: their second factor is another one from now on. Answers `false`, and changes nothing, where it was their only one and their business
/// asks for one.
///
/// # Errors
/// The database failed.
pub async fn let_go_of_passkey(
    tx: &mut TenantTx,
    member: StaffId,
    left: bool,
    now: DateTime<Utc>,
) -> Result<bool, TenancyError> {
    let stays = left || has_authenticator(tx, member).await?;
    if !stays && is_second_factor_required(tx).await? {
        return Ok(false);
    }
    diesel::update(staff::table.find((tx.tenant(), member)))
        .set(staff::second_factor_at.eq(stays.then_some(now)))
        .execute(tx.conn())
        .await?;
    if !stays {
        end_devices_of(tx, member, now).await?;
    }
    if !left {
        drop_passkeys(tx, member).await?;
    }
    Ok(true)
}

/// Whether a member has an authenticator in force.
///
/// # Errors
/// The database failed.
pub async fn has_authenticator(tx: &mut TenantTx, member: StaffId) -> Result<bool, TenancyError> {
    let confirmed = second_factors::table
        .find((tx.tenant(), member))
        .filter(second_factors::confirmed_at.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(confirmed))
        .get_result(tx.conn())
        .await?)
}

/// Takes a member's passkeys off with whatever is kept of them; the caller holds the member's row.
pub(crate) async fn drop_passkeys(tx: &mut TenantTx, member: StaffId) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    diesel::delete(passkey_holders::table.find((tenant, member)))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Who has passkeys keeps a second factor when the authenticator goes.
pub(crate) async fn fall_back_on_passkeys(
    tx: &mut TenantTx,
    member: StaffId,
) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    let since = "(SELECT since FROM tenancy.passkey_holders h WHERE h.tenant_id = staff.tenant_id AND h.staff_id = staff.id)";
    diesel::update(staff::table.find((tenant, member)))
        .set(staff::second_factor_at.eq(sql::<Nullable<Timestamptz>>(since)))
        .execute(tx.conn())
        .await?;
    Ok(())
}
