use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::{Standing, TenantTx};
use motel_kernel::{PropertyId, SessionId, StaffId, TenantId};

use crate::rules::TokenDigest;
use crate::schema::{roles, sessions, staff, tenants};
use crate::{
    HeldRole, OpenSession, Permission, Reach, RoleRef, StaffSession, TenancyError, TenantState,
};

/// The most that are listed of one member.
const MOST: i64 = 100;

/// Neither ended, nor too old, nor unused for too long.
fn is_open() -> SqlLiteral<Bool> {
    sql("(ended_at IS NULL AND expires_at > now() AND last_seen_at > now() - interval '12 hours')")
}

/// A session with whose it is, as what and for which properties they work, how their business stands, whether they lack a second factor, and
/// whether its use is to be noted.
type FoundSession = (
    (SessionId, StaffId, String),
    (RoleRef, Option<String>, Option<Vec<Permission>>),
    (bool, Vec<PropertyId>),
    (TenantState, bool, bool),
);

/// Those for which a member works who is limited.
const THEIR_PROPERTIES: &str = "CASE WHEN staff.limited THEN ARRAY(
    SELECT theirs.property_id FROM tenancy.member_properties theirs
    WHERE theirs.tenant_id = staff.tenant_id AND theirs.staff_id = staff.id ORDER BY theirs.property_id) ELSE '{}' END";

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
    let own_role = roles::tenant_id
        .eq(staff::tenant_id)
        .and(roles::id.nullable().eq(staff::role_id));
    let open = sessions::table
        .inner_join(staff::table.on(member))
        .inner_join(tenants::table.on(business))
        .left_join(roles::table.on(own_role))
        .filter(sessions::tenant_id.eq(tenant))
        .filter(is_open())
        .filter(staff::active)
        .filter(tenants::state.ne(TenantState::Deleted))
        .select((
            (sessions::id, staff::id, staff::display_name),
            (
                (staff::role, staff::role_id),
                roles::name.nullable(),
                roles::permissions.nullable(),
            ),
            (staff::limited, sql::<Array<SqlUuid>>(THEIR_PROPERTIES)),
            (
                tenants::state,
                lacks_factor,
                sql::<Bool>("last_seen_at <= now() - interval '1 minute'"),
            ),
        ))
        .into_boxed();
    let meant = match known {
        Known::Token(digest) => open.filter(sessions::digest.eq(digest.as_bytes())),
        Known::Id(id) => open.filter(sessions::id.eq(id)),
    };
    // Asked on every request, and planned once: written-out SQL in it would have it prepared anew each time.
    let found: Option<FoundSession> = Standing(meant).get_result(tx.conn()).await.optional()?;
    Ok(found.and_then(|found| session(tenant, found)))
}

/// `None` where somebody's role is not there, so that they may do nothing.
fn session(tenant: TenantId, found: FoundSession) -> Option<(StaffSession, bool)> {
    let ((id, staff_id, display_name), (role, title, permitted), (limited, properties), rest) =
        found;
    let (state, lacks_second_factor, due) = rest;
    let held = match role {
        RoleRef::Program(role) => HeldRole::from(role),
        RoleRef::Own(_) => HeldRole {
            which: role,
            title: title?,
            permissions: permitted?.into_iter().collect(),
        },
    };
    let reach = match limited {
        true => Reach::Within(properties),
        false => Reach::Everywhere,
    };
    let session = StaffSession {
        id,
        tenant,
        staff_id,
        display_name,
        role: held,
        reach,
        state,
        lacks_second_factor,
    };
    Some((session, due))
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
