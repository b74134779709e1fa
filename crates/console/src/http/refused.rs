use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::ACCEPT;
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use motel_tenancy::http::session_of;
use motel_web::{Entry, Page, Problem};

use super::office::Key;
use crate::view::RefusedPage;

/// Finds out who is signed in before anything else of the request is looked at, so that who is not let in does not hear what
/// else is wrong; and says on a page of the console what somebody's role does not permit.
pub(super) async fn explain<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    session_of(request.request()).await?;
    let answer = next.call(request).await?.map_into_boxed_body();
    let Some(problem) = refusal(&answer) else {
        return Ok(answer);
    };
    let page = page(answer.request(), problem).await?;
    Ok(match page {
        Some(page) => answer.into_response(page),
        None => answer,
    })
}

/// What is missing, if a browser was refused for want of a permission, because they work for some properties only, or because the business is suspended.
fn refusal(answer: &ServiceResponse<BoxBody>) -> Option<Problem> {
    let accepted = answer.request().headers().get(ACCEPT)?.to_str().ok()?;
    let extensions = answer.response().extensions();
    let problem = extensions.get::<Problem>()?;
    let explained = matches!(
        problem.code,
        "forbidden" | "property_limited" | "tenant_suspended"
    );
    let page = accepted.contains("text/html") && explained;
    page.then(|| problem.clone())
}

async fn page(
    request: &HttpRequest,
    problem: Problem,
) -> Result<Option<HttpResponse>, actix_web::Error> {
    let Some(staff) = session_of(request).await? else {
        return Ok(None);
    };
    let office = Key::extract(request).await?.open(&staff).await?;
    let page = Page::new(request, Entry::Console, "Not permitted").status(StatusCode::FORBIDDEN);
    let head = office.head(false);
    let limited = problem.code == "property_limited";
    let detail = problem.detail;
    Ok(Some(page.respond(&RefusedPage {
        head,
        detail,
        limited,
    })?))
}
