use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage, ResponseError};
use futures::{Stream, StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use crate::Problem;

/// `web::Data<ReadWithin>`: how long somebody may take to send the body of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadWithin(pub Duration);

/// Middleware that gives up on a body that comes too slowly: 408 `too_slow`. So nobody holds a connection, and what works for it, by
/// a byte now and then. A body that nobody reads does not count.
///
/// Needs `web::Data<ReadWithin>`; without it bodies may take for ever.
///
/// # Errors
/// Passes on what the inner service raises.
pub async fn read_in_time<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let Some(within) = request.app_data::<Data<ReadWithin>>().map(|it| it.0) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let late = Rc::new(Cell::new(false));
    let body = in_time(
        request.take_payload(),
        Instant::now() + within,
        late.clone(),
    );
    request.set_payload(Payload::Stream {
        payload: Box::pin(body),
    });
    let answer = next.call(request).await?;
    if late.get() {
        let answer = answer.into_response(too_slow().error_response());
        return Ok(answer.map_into_right_body());
    }
    Ok(answer.map_into_left_body())
}

/// The body until its end, or until then; whether it was late is noted, as whoever reads it only knows that it broke off.
fn in_time(
    body: Payload,
    end: Instant,
    late: Rc<Cell<bool>>,
) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    stream::unfold(Some(body), move |body| {
        let late = late.clone();
        async move {
            let mut body = body?;
            match timeout_at(end, body.next()).await {
                Ok(part) => Some((part?, Some(body))),
                Err(_) => {
                    late.set(true);
                    Some((Err(PayloadError::Io(io::ErrorKind::TimedOut.into())), None))
                }
            }
        }
    })
}

fn too_slow() -> Problem {
    let detail = "The body took too long to arrive.";
    Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", detail)
}
