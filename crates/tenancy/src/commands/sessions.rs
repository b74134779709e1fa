use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::{SessionId, StaffId};

use crate::schema::sessions;
use crate::{Device, NewSession, TenancyError, rules};

/// Opens a session for a member whose credentials were right: 30 days at most, and 12 hours without a sign of life.
///
/// # Errors
/// The database failed, also because the tenant has no such member.
pub async fn open_session(
    tx: &mut TenantTx,
    staff: StaffId,
    device: &Device,
) -> Result<NewSession, TenancyError> {
    let (token, digest) = rules::mint_token();
    let id = SessionId::new();
    let end = diesel::dsl::sql::<Timestamptz>("now() + interval '30 days'");
    let row = (
        sessions::tenant_id.eq(tx.tenant()),
        sessions::id.eq(id),
        sessions::staff_id.eq(staff),
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
        .set(sessions::ended_at.eq(diesel::dsl::now))
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
    let now = sessions::ended_at.eq(diesel::dsl::now);
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
