use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest};
use motel_db::Acting;
use motel_kernel::{Actor, SessionId, TenantId};
use motel_web::Problem;

use super::bearer::bearer;
use super::session_of;
use crate::rules::{self, Wish};
use crate::{Directory, Needs, Permission, Permissions, Property, TenantState};

/// Who calls the staff interface, for which property, and what they may do.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Whose transaction to open.
    pub tenant: TenantId,
    /// Their property.
    pub property: Property,
    /// Who it is, as changes are signed.
    pub actor: Actor,
    /// What their role permits, or their key.
    pub permissions: Permissions,
    /// The session they are signed in by; `None` for a program with a key.
    pub session: Option<SessionId>,
    /// How the business stands.
    pub state: TenantState,
    /// Whether they have yet to set up the second factor that their business asks for.
    pub(crate) lacks_second_factor: bool,
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

    /// Whoever calls, if it is somebody.
    ///
    /// # Errors
    /// An internal problem: the database failed.
    pub async fn of(request: &HttpRequest) -> Result<Option<Self>, Problem> {
        find(request).await
    }

    /// The caller of a route that needs `P`.
    pub(super) async fn admitted<P: Needs>(request: &HttpRequest) -> Result<Self, Problem> {
        let caller = find(request).await?.ok_or_else(Problem::signed_out)?;
        if caller.lacks_second_factor && !P::BEFORE_SECOND_FACTOR {
            return Err(second_factor_required());
        }
        P::PERMISSION.map_or(Ok(()), |permission| caller.require(permission))?;
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
    let directory: Directory = super::app_data(request)?;
    let place = directory.find_by_id(session.tenant).await?;
    Ok(place.map(|place| Caller {
        tenant: session.tenant,
        property: place.1.clone(),
        actor: Actor::Staff(session.staff_id),
        permissions: session.role.permissions(),
        session: Some(session.id),
        state: session.state,
        lacks_second_factor: session.lacks_second_factor,
    }))
}

/// 403 `second_factor_required`: until they have one they may do nothing else.
pub(super) fn second_factor_required() -> Problem {
    Problem::forbidden(
        "second_factor_required",
        "Your business asks for a second factor. Please set one up in the console first.",
    )
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
