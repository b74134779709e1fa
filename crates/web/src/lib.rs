#![doc = include_str!("../README.md")]

mod assets;
mod client_address;
mod cursor;
mod dry_run;
mod extract;
mod field_errors;
mod idempotency_key;
mod money_view;
mod origins;
mod page;
mod precondition;
mod problem;
mod read_in_time;
mod refuse_packed;
mod request_context;
mod request_id;
mod same_origin;
mod security_headers;
mod session;
mod theme;
pub mod words;

pub use assets::Entry;
pub use client_address::{BehindProxy, client_address};
pub use cursor::{CursorPage, CursorParams, CursorQuery, LARGEST_PAGE};
pub use dry_run::{DryRun, DryRunParams};
pub use extract::{
    BODY_LIMIT, Input, ValidForm, ValidJson, ValidQuery, form_config, json_config, path_config,
    query_config,
};
pub use field_errors::FieldErrors;
pub use idempotency_key::{IdempotencyKey, IdempotencyKeyHeader};
pub use money_view::MoneyView;
pub use origins::{InvalidOrigins, Origins, tell_origins};
pub use page::Page;
pub use precondition::{IfMatch, IfMatchHeader, etag};
pub use problem::{FieldError, Problem, ProblemBody};
pub use read_in_time::{ReadWithin, read_in_time};
pub use refuse_packed::refuse_packed;
pub use request_context::request_context;
pub use request_id::RequestId;
pub use same_origin::same_origin;
pub use security_headers::security_headers;
pub use session::{SessionSettings, session_middleware};
pub use theme::Theme;

use actix_web::web;

/// Registers what every application needs: extractor settings whose errors are problems, the
/// built assets under `/assets/`, and a 404 problem for every other path.
///
/// Call it last: the catch-all route must not stand before the routes of a domain.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .app_data(json_config())
        .app_data(query_config())
        .app_data(path_config())
        .app_data(form_config())
        .service(assets::asset)
        .default_service(web::to(|| async {
            Err::<&str, _>(Problem::not_found("page"))
        }));
}
