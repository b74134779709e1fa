use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, ResponseError};
use motel_db::Db;
use motel_web::{Problem, client_address};

use crate::settings::business;
use crate::{Admission, Limit, Limits, Subject, admit};

/// Middleware that refuses whoever asks too often: 429 `too_many_requests` with `Retry-After`. Everybody who is limited is told in
/// `RateLimit-Policy` and `RateLimit` how often they may ask and how many are left
/// (<https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/>).
///
/// Needs `web::Data<Db>` and `web::Data<Limits>`. When it cannot be counted the request passes: a database in trouble is not made
/// worse by turning everybody away.
///
/// # Errors
/// Passes on what the inner service raises.
pub async fn limit_requests<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(limit) = limit_of(&request) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    // By the address: whatever else somebody brings they can make up anew for every request.
    let address = client_address(request.request());
    let subject = Subject::address(limit, business(decoded(&request)), address);
    let answer = limit_as(limit, subject, request, next).await?;
    Ok(answer.map_into_right_body())
}

/// What a middleware does that knows who asks, and for what they are counted; otherwise the same.
///
/// # Errors
/// Passes on what the inner service raises.
pub async fn limit_as<B: MessageBody + 'static>(
    limit: Limit,
    subject: Subject,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(db) = request.app_data::<Data<Db>>().cloned() else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    match admit(&db, limit, &subject).await {
        Ok(admission) if admission.admitted => {
            let mut answer = next.call(request).await?.map_into_left_body();
            tell(answer.headers_mut(), limit, admission);
            Ok(answer)
        }
        Ok(admission) => {
            let problem = Problem::too_many_requests(admission.seconds);
            let mut answer = problem.error_response();
            tell(answer.headers_mut(), limit, admission);
            Ok(request.into_response(answer).map_into_right_body())
        }
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, limit = limit.name, "requests could not be counted");
            Ok(next.call(request).await?.map_into_left_body())
        }
    }
}

fn limit_of(request: &ServiceRequest) -> Option<Limit> {
    let limits = request.app_data::<Data<Limits>>()?;
    limits.of(request.method(), decoded(request))
}

/// The path as routes see it: `/cha%74` is the chat as well.
fn decoded(request: &ServiceRequest) -> &str {
    request.match_info().as_str()
}

fn tell(headers: &mut HeaderMap, limit: Limit, admission: Admission) {
    let Limit {
        name,
        requests,
        period,
    } = limit;
    let policy = format!("\"{name}\";q={requests};w={}", period.as_secs());
    let Admission {
        remaining, seconds, ..
    } = admission;
    let left = format!("\"{name}\";r={remaining};t={seconds}");
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
