//! The chat of the guest page and of programs.

mod chat;

use actix_web::web;

pub use chat::__path_chat;

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(chat::chat))]
pub struct ApiDoc;

/// Mounts `POST /chat`. Needs `web::Data<Db>`, the directory of tenants and `web::Data<Arc<dyn Responder>>`.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(chat::chat);
}
