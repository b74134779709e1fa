//! Where assistants call, by the Model Context Protocol.

use actix_web::middleware::from_fn;
use actix_web::web;
use motel_mcp::AssistantDesk;
use motel_mcp::http::{Front, ask, leave};

use super::parts::Parts;
use super::programs;

/// Mounts `/mcp`. Assistants are programs: known by their key before anything of theirs is read, and counted as at the staff's interface.
/// Nothing is ever sent that was not asked for, so there is no stream to `GET`.
pub(super) fn configure(config: &mut web::ServiceConfig, parts: &Parts) {
    let desk = AssistantDesk::new(
        parts.db.clone(),
        parts.clock.clone(),
        parts.embedder.clone(),
        Some(parts.payments.clone()),
    );
    config.app_data(web::Data::new(Front::new(desk))).service(
        web::resource("/mcp")
            .wrap(from_fn(programs::limit_programs))
            .wrap(from_fn(motel_tenancy::http::know_caller))
            .route(web::post().to(ask))
            .route(web::delete().to(leave)),
    );
}
