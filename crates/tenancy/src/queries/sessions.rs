use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{SessionId, StaffId};

use crate::rules::TokenDigest;
use crate::schema::{sessions, staff, tenants};
use crate::{OpenSession, Role, StaffSession, TenancyError, TenantState};

/// The most that are listed of one member.
const MOST: i64 = 100;

/// Neither ended, nor too old, nor unused for too long.
fn is_open() -> SqlLiteral<Bool> {
    sql("(ended_at IS NULL AND expires_at > now() AND last_seen_at > now() - interval '12 hours')")
}

/// A session with whose it is, how their business stands, whether they lack a second factor, and whether its use is to be noted.
type FoundSession = (SessionId, StaffId, String, Role, TenantState, bool, bool);

/// By what a session is known.
enum Known<'a> {
    #[cfg_attr(
        not(feature = "http"),
        expect(dead_code, reason = "cookies are of HTTP")
    )]
    Token(&'a TokenDigest),
    Id(SessionId),
}

/// Whose session a token is, and whether it is a minute since it was last noted to be used; `None` when it is over, or its
/// member is not active any more, or its business is deleted.
#[cfg(feature = "http")]
pub(crate) async fn session_of(
    tx: &mut TenantTx,
    digest: &TokenDigest,
) -> Result<Option<(StaffSession, bool)>, TenancyError> {
    find(tx, Known::Token(digest)).await
}

/// The same for a session that something signed by us names.
pub(crate) async fn session_by_id(
    tx: &mut TenantTx,
    id: SessionId,
) -> Result<Option<(StaffSession, bool)>, TenancyError> {
    find(tx, Known::Id(id)).await
}

async fn find(
    tx: &mut TenantTx,
    known: Known<'_>,
) -> Result<Option<(StaffSession, bool)>, TenancyError> {
    let tenant = tx.tenant();
    let member = staff::tenant_id
        .eq(sessions::tenant_id)
        .and(staff::id.eq(sessions::staff_id));
    let lacks_factor = tenants::second_factor_required.and(staff::second_factor_at.is_null());
    let business = tenants::tenant_id.eq(sessions::tenant_id);
    let open = sessions::table
        .inner_join(staff::table.on(member))
        .inner_join(tenants::table.on(business))
        .filter(sessions::tenant_id.eq(tenant))
        .filter(is_open())
        .filter(staff::active)
        .filter(tenants::state.ne(TenantState::Deleted))
        .select((
            sessions::id,
            staff::id,
            staff::display_name,
            staff::role,
            tenants::state,
            lacks_factor,
            sql::<Bool>("last_seen_at <= now() - interval '1 minute'"),
        ))
        .into_boxed();
    let meant = match known {
        Known::Token(digest) => open.filter(sessions::digest.eq(digest.as_bytes())),
        Known::Id(id) => open.filter(sessions::id.eq(id)),
    };
    let found: Option<FoundSession> = meant.first(tx.conn()).await.optional()?;
    Ok(found.map(
        |(id, staff_id, display_name, role, state, lacks_second_factor, due)| {
            let session = StaffSession {
                id,
                tenant,
                staff_id,
                display_name,
                role,
                state,
                lacks_second_factor,
            };
            (session, due)
        },
    ))
}

/// Notes that a session is in use.
pub(crate) async fn note_use(tx: &mut TenantTx, id: SessionId) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    diesel::update(sessions::table.find((tenant, id)))
        .set(sessions::last_seen_at.eq(diesel::dsl::now))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Where a member is signed in, the last used first; a hundred at most.
///
/// # Errors
/// The database failed.
pub async fn sessions_of(
    tx: &mut TenantTx,
    staff: StaffId,
) -> Result<Vec<OpenSession>, TenancyError> {
    Ok(sessions::table
        .filter(sessions::tenant_id.eq(tx.tenant()))
        .filter(sessions::staff_id.eq(staff))
        .filter(is_open())
        .order((sessions::last_seen_at.desc(), sessions::id.desc()))
        .limit(MOST)
        .select(OpenSession::as_select())
        .load(tx.conn())
        .await?)
}
