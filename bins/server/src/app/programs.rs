use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::web::Data;
use motel_kernel::Actor;
use motel_limits::{Limit, Limits, Subject, limit_as};
use motel_tenancy::http::Caller;

/// Middleware for the staff interface, inside of what finds out who calls: refuses programs that ask too often. They count by their
/// key, or by the session that their token is of, wherever they call from. People with a cookie do not count.
///
/// # Errors
/// Passes on what the inner service raises.
pub(super) async fn limit_programs<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match program(&request).await? {
        Some((limit, subject)) => {
            let answer = limit_as(limit, subject, request, next).await?;
            Ok(answer.map_into_left_body())
        }
        None => Ok(next.call(request).await?.map_into_right_body()),
    }
}

async fn program(request: &ServiceRequest) -> Result<Option<(Limit, Subject)>, Error> {
    let limits = request.app_data::<Data<Limits>>();
    let limit = limits.and_then(|limits| limits.of_programs());
    let (Some(limit), true) = (limit, request.headers().contains_key(AUTHORIZATION)) else {
        return Ok(None);
    };
    let Some(caller) = Caller::of(request.request()).await? else {
        return Ok(None);
    };
    let name = match (caller.actor, caller.session) {
        (Actor::ApiKey(key), _) => key.to_string(),
        (_, Some(session)) => session.to_string(),
        _ => return Ok(None),
    };
    let business = caller.tenant.to_string();
    Ok(Some((limit, Subject::named(limit, &business, &name))))
}
