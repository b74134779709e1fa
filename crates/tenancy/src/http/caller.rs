use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest};
use motel_db::Acting;
use motel_kernel::{Actor, SessionId, TenantId};
use motel_web::Problem;

use super::bearer::bearer;
use super::meant::{OfProperty, property_of};
use super::{Touches, session_of};
use crate::rules::{self, Wish};
use crate::{Needs, Permission, Permissions, Property, Reach, StaffSession, TenantState};

/// Who calls the staff interface, for which property, and what they may do.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Whose transaction to open.
    pub tenant: TenantId,
    /// Their property: the business's first, or the first that they work for.
    pub property: Property,
    /// Who it is, as changes are signed.
    pub actor: Actor,
    /// What their role permits, or their key.
    pub permissions: Permissions,
    /// For which properties they work.
    pub reach: Reach,
    /// The session they are signed in by; `None` for a program with a key.
    pub session: Option<SessionId>,
    /// How the business stands.
    pub state: TenantState,
    /// Whether they have yet to set up the second factor that their business asks for.
    pub(crate) lacks_second_factor: bool,
    /// Whether it is a key with ceilings, which are looked at nowhere but where assistants call.
    pub(crate) assistant_only: bool,
}

/// What a request's caller was found to be, kept with the request so that it is asked once.
#[derive(Clone)]
struct Found(Option<Caller>);

impl Caller {
    /// # Errors
    /// 403 `forbidden`, naming the permission that is missing.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        if self.permissions.has(permission) {
            Ok(())
        } else {
            Err(forbidden(permission))
        }
    }

    /// Something of a property, which is to who works for others only like what is not there.
    ///
    /// # Errors
    /// `missing`, as for what is not there.
    pub fn theirs<T: OfProperty, E>(&self, thing: T, missing: E) -> Result<T, E> {
        let theirs = !self.reach.is_limited() || thing.property() == self.property.id;
        theirs.then_some(thing).ok_or(missing)
    }

    /// Whoever calls, if it is somebody.
    ///
    /// # Errors
    /// An internal problem: the database failed.
    pub async fn of(request: &HttpRequest) -> Result<Option<Self>, Problem> {
        find(request).await
    }

    /// The caller of a route that needs `P`.
    pub(super) async fn admitted<P: Needs, T: Touches>(
        request: &HttpRequest,
    ) -> Result<Self, Problem> {
        let caller = find(request).await?.ok_or_else(Problem::signed_out)?;
        if caller.lacks_second_factor && !P::BEFORE_SECOND_FACTOR {
            return Err(second_factor_required());
        }
        if caller.assistant_only && !P::FOR_ASSISTANTS {
            return Err(assistant_only());
        }
        P::PERMISSION.map_or(Ok(()), |permission| caller.require(permission))?;
        check_reach::<P, T>(&caller.reach)?;
        let wish = Wish {
            needs: P::PERMISSION,
            looks: request.method().is_safe(),
            by_program: caller.session.is_none(),
        };
        check_standing(caller.state, wish)?;
        Ok(caller)
    }
}

/// Finds out who calls before anything else of the request is looked at: who is not let in does not hear what else is wrong.
/// For the scope of the staff's routes. Without it they find out by themselves, while they read the rest.
///
/// # Errors
/// What the inner service raises; an internal problem when the database failed.
pub async fn know_caller<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    find(request.request()).await?;
    next.call(request).await
}

async fn find(request: &HttpRequest) -> Result<Option<Caller>, Problem> {
    if let Some(Found(caller)) = request.extensions().get::<Found>() {
        return Ok(caller.clone());
    }
    let caller = match request.headers().get(AUTHORIZATION) {
        Some(header) => match header.to_str().ok().and_then(after_bearer) {
            Some(word) => bearer(request, word).await?,
            None => None,
        },
        None => by_session(request).await?,
    };
    if let Some(caller) = &caller {
        Acting::note(caller.actor);
    }
    request.extensions_mut().insert(Found(caller.clone()));
    Ok(caller)
}

fn after_bearer(header: &str) -> Option<&str> {
    let (scheme, word) = header.split_once(' ')?;
    let bearer = scheme.eq_ignore_ascii_case("bearer");
    bearer.then(|| word.trim())
}

async fn by_session(request: &HttpRequest) -> Result<Option<Caller>, Problem> {
    let Some(session) = session_of(request).await? else {
        return Ok(None);
    };
    let permissions = session.role.permissions;
    of_session(request, session, permissions).await
}

/// A member who calls, for all that their session gives or for less.
pub(super) async fn of_session(
    request: &HttpRequest,
    session: StaffSession,
    permissions: Permissions,
) -> Result<Option<Caller>, Problem> {
    let property = property_of(request, &session).await?;
    Ok(property.map(|property| Caller {
        tenant: session.tenant,
        property,
        actor: Actor::Staff(session.staff_id),
        permissions,
        reach: session.reach,
        session: Some(session.id),
        state: session.state,
        lacks_second_factor: session.lacks_second_factor,
        assistant_only: false,
    }))
}

/// 403 `assistant_only`: ceilings would be worth nothing if the same key had another way in.
fn assistant_only() -> Problem {
    Problem::forbidden(
        "assistant_only",
        "This key has ceilings: it is for an assistant at /mcp, and opens nothing else.",
    )
}

/// 403 `second_factor_required`: until they have one they may do nothing else.
pub(super) fn second_factor_required() -> Problem {
    Problem::forbidden(
        "second_factor_required",
        "Your business asks for a second factor. Please set one up in the console first.",
    )
}

/// 403 `property_limited` for who works for some properties only, unless nothing but being known is needed, or the handler keeps to
/// one property.
pub(super) fn check_reach<P: Needs, T: Touches>(reach: &Reach) -> Result<(), Problem> {
    let whole = P::PERMISSION.is_some() && !T::KEEPS_TO_PROPERTY;
    let beyond = whole && reach.is_limited();
    (!beyond).then_some(()).ok_or_else(|| {
        Problem::forbidden(
            "property_limited",
            "You work for some properties only, and this concerns the whole business.",
        )
    })
}

/// 403 `forbidden`, naming the permission that is missing.
pub(super) fn forbidden(permission: Permission) -> Problem {
    let meaning = permission.meaning();
    Problem::forbidden(
        "forbidden",
        format!("This needs the permission {permission}: to {meaning}."),
    )
}

/// 403 `tenant_suspended` for what a business that stands so does not let anybody do.
pub(super) fn check_standing(state: TenantState, wish: Wish) -> Result<(), Problem> {
    let lets = rules::lets(state, wish);
    lets.then_some(()).ok_or_else(|| {
        Problem::forbidden(
            "tenant_suspended",
            "This business is suspended: it can be looked at, and nothing can be changed.",
        )
    })
}
