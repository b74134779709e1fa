use actix_web::{HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{Actor, GuestId, GuestNoteId};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{guest_id, known, occasion};
use crate::{Note, commands, queries};

/// A note, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuestNote {
    /// What should be known about the guest.
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct NoteInput(String);

impl Input for NoteInput {
    type Raw = RawGuestNote;

    fn parse(raw: RawGuestNote) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let text = errors.text("text", &raw.text, 1..=2000);
        text.map(Self).ok_or(errors)
    }
}

/// Something staff noted about a guest.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestNoteView {
    #[schema(value_type = Uuid)]
    id: GuestNoteId,
    /// On whom.
    #[schema(value_type = Uuid)]
    guest_id: GuestId,
    text: String,
    /// Who wrote it: `staff:…` or `api_key:…`.
    #[schema(value_type = String)]
    actor: Actor,
    at: DateTime<Utc>,
}

impl From<Note> for GuestNoteView {
    fn from(note: Note) -> Self {
        Self {
            id: note.id,
            guest_id: note.guest,
            text: note.text,
            actor: note.actor,
            at: note.at,
        }
    }
}

/// Lists the notes on a guest, the newest first.
#[utoipa::path(
    tag = "guests",
    operation_id = "list_guest_notes",
    params(("id" = Uuid, Path, description = "Which guest"), CursorParams),
    responses((status = 200, description = "A page of notes", body = CursorPage<GuestNoteView>))
)]
#[get("/guests/{id}/notes")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadGuests>,
    path: web::Path<String>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<GuestNoteView>>, Problem> {
    let id = guest_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let guest = known(&mut tx, id).await?.id;
    let notes = queries::notes(&mut tx, guest, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(notes, &page, |note| note.id)?;
    Ok(web::Json(page.map(GuestNoteView::from)))
}

/// Writes a note on a guest, signed with who is signed in.
#[utoipa::path(
    tag = "guests",
    operation_id = "add_guest_note",
    params(("id" = Uuid, Path, description = "Which guest"), WriteParams),
    request_body = RawGuestNote,
    responses(
        (status = 201, description = "The note", body = GuestNoteView),
        (status = 409, description = "`guest_erased`"),
    )
)]
#[post("/guests/{id}/notes")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteGuests>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<NoteInput>,
) -> Result<HttpResponse, Problem> {
    let (id, occasion) = (guest_id(&path)?, occasion(&write, &clock));
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let note = commands::add_note(tx, id, &input.0, occasion).await?;
            Ok(Answer::created(GuestNoteView::from(note)))
        })
        .await
}

/// Removes a note.
#[utoipa::path(
    tag = "guests",
    operation_id = "remove_guest_note",
    params(
        ("id" = Uuid, Path, description = "Which guest"),
        ("note_id" = Uuid, Path, description = "Which note"),
        WriteParams,
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 409, description = "`guest_erased`"),
    )
)]
#[delete("/guests/{id}/notes/{note_id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteGuests>,
    path: web::Path<(String, String)>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (id, occasion) = (guest_id(&path.0)?, occasion(&write, &clock));
    let note: GuestNoteId = path.1.parse().map_err(|_| Problem::not_found("note"))?;
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::remove_note(tx, id, note, occasion).await?;
            Ok(Answer::no_content())
        })
        .await
}
