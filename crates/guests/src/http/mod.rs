//! The HTTP face, for staff: who the guests are, and what is remembered of them.

mod consents;
mod documents;
mod duplicates;
mod erase;
mod events;
mod export;
mod guests;
mod merge;
mod notes;
mod problem;
mod profile_input;
mod view;

use actix_web::web;
use motel_db::TenantTx;
use motel_kernel::GuestId;
use motel_tenancy::http::{CurrentClock, Write};
use motel_web::Problem;

use crate::commands::Occasion;
use crate::{Guest, GuestsError, queries};

pub use consents::GuestConsentView;
pub use documents::IdentityDocumentView;
pub use duplicates::DuplicateView;
pub use events::GuestEventView;
pub use export::GuestExportView;
pub use notes::GuestNoteView;
pub use view::{ConsentStateView, GuestProfileView};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    guests::list,
    duplicates::list,
    guests::show,
    guests::put,
    merge::merge,
    erase::erase,
    export::show,
    notes::list,
    notes::create,
    notes::remove,
    consents::list,
    consents::create,
    documents::list,
    documents::create,
    documents::remove,
    events::list,
))]
pub struct StaffApiDoc;

/// Mounts the routes under `/guests`, in a scope for staff. Needs `web::Data<Db>`, `web::Data<Keepers>`, the directory, the
/// clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(guests::list)
        // Before the guest of an id, which it would be taken for.
        .service(duplicates::list)
        .service(guests::show)
        .service(guests::put)
        .service(merge::merge)
        .service(erase::erase)
        .service(export::show)
        .service(notes::list)
        .service(notes::create)
        .service(notes::remove)
        .service(consents::list)
        .service(consents::create)
        .service(documents::list)
        .service(documents::create)
        .service(documents::remove)
        .service(events::list);
}

/// The id in a path; what is none leads nowhere.
fn guest_id(path: &str) -> Result<GuestId, Problem> {
    path.parse().map_err(|_| Problem::not_found("guest"))
}

/// The guest of an id, or the one it was merged into.
async fn known(tx: &mut TenantTx, id: GuestId) -> Result<Guest, Problem> {
    let found = queries::find(tx, id).await?;
    Ok(found.ok_or(GuestsError::NotFound("guest"))?)
}

fn occasion(write: &Write, clock: &CurrentClock) -> Occasion {
    Occasion {
        actor: write.actor,
        now: write.property.now(&**clock),
    }
}
