use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use motel_db::Acting;
use motel_web::{RequestId, client_address};

/// Has whatever a request changes signed with its id, with where it came from, and with whoever it is found to be of. Right inside of
/// what gives the request its id.
pub(crate) async fn sign_changes<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let id = RequestId::current().map(RequestId::as_uuid);
    let address = client_address(request.request());
    Acting::in_request(id, address)
        .scope(next.call(request))
        .await
}
