use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::{SessionId, StaffId};

use crate::schema::{sessions, staff};
use crate::{Device, NewSession, Staff, TenancyError, rules};

/// Opens a session for a member whose credentials were right: 30 days at most, and 12 hours without a sign of life.
///
/// # Errors
/// [`TenancyError::NotFound`]: the tenant has no such member, or their password or second factor was changed, or they were let go, since
/// they were read.
pub async fn open_session(
    tx: &mut TenantTx,
    staff: &Staff,
    device: &Device,
) -> Result<NewSession, TenancyError> {
    hold_unchanged(tx, staff).await?;
    let (token, digest) = rules::mint_token();
    let id = SessionId::new();
    // A visitor of support goes when the business wants them out.
    let end = diesel::dsl::sql::<Timestamptz>(
        "least(now() + interval '30 days', (SELECT v.ends_at FROM tenancy.support_visits v WHERE v.staff_id = ",
    )
    .bind::<diesel::sql_types::Uuid, _>(staff.id)
    .sql("))");
    let row = (
        sessions::tenant_id.eq(tx.tenant()),
        sessions::id.eq(id),
        sessions::staff_id.eq(staff.id),
        sessions::digest.eq(digest.as_bytes()),
        sessions::user_agent.eq(device.user_agent()),
        sessions::address.eq(device.address()),
        sessions::expires_at.eq(end),
    );
    diesel::insert_into(sessions::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(NewSession { id, token })
}

/// Nobody gives them another password or second factor before this transaction ends: who does ends this session as well.
///
/// # Errors
/// [`TenancyError::NotFound`] when that happened since they were read, or they were let go.
pub(crate) async fn hold_unchanged(tx: &mut TenantTx, member: &Staff) -> Result<(), TenancyError> {
    let unchanged = staff::table
        .find((tx.tenant(), member.id))
        .filter(staff::active)
        .filter(staff::password_hash.eq(&member.password_hash))
        .filter(staff::second_factor_at.is_not_distinct_from(member.second_factor_at))
        .select(staff::id)
        .for_share()
        .first::<StaffId>(tx.conn())
        .await
        .optional()?;
    unchanged
        .map(|_| ())
        .ok_or(TenancyError::NotFound("member"))
}

/// Now; and of a session that was opened since this transaction began, the moment it was opened.
fn by_now() -> SqlLiteral<Nullable<Timestamptz>> {
    diesel::dsl::sql("greatest(created_at, now())")
}

/// Ends a session of a member; answers whether it was theirs and not ended before.
///
/// # Errors
/// The database failed.
pub async fn end_session(
    tx: &mut TenantTx,
    staff: StaffId,
    id: SessionId,
) -> Result<bool, TenancyError> {
    let tenant = tx.tenant();
    let ended = diesel::update(sessions::table.find((tenant, id)))
        .filter(sessions::staff_id.eq(staff))
        .filter(sessions::ended_at.is_null())
        .set(sessions::ended_at.eq(by_now()))
        .execute(tx.conn())
        .await?;
    Ok(ended == 1)
}

/// Ends all sessions of a member, except for one if it is said; answers how many. What a new password, a second factor or the
/// end of an employment asks for.
///
/// # Errors
/// The database failed.
pub async fn end_sessions_of(
    tx: &mut TenantTx,
    staff: StaffId,
    except: Option<SessionId>,
) -> Result<usize, TenancyError> {
    let theirs = sessions::table
        .filter(sessions::tenant_id.eq(tx.tenant()))
        .filter(sessions::staff_id.eq(staff))
        .filter(sessions::ended_at.is_null());
    let now = sessions::ended_at.eq(by_now());
    let ended = match except {
        Some(kept) => {
            let others = theirs.filter(sessions::id.ne(kept));
            diesel::update(others).set(now).execute(tx.conn()).await?
        }
        None => diesel::update(theirs).set(now).execute(tx.conn()).await?,
    };
    Ok(ended)
}

/// Forgets sessions that could not go on any more however they were used, whoever's they were; answers how many.
///
/// # Errors
/// The database failed.
pub async fn sweep_sessions(db: &Db) -> Result<usize, TenancyError> {
    let mut tx = db.platform("forget old sessions").await?;
    let swept = diesel::delete(sessions::table)
        .filter(sessions::expires_at.le(diesel::dsl::now))
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(swept)
}
