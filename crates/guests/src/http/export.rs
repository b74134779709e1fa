use std::collections::BTreeMap;

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::GuestId;
use motel_tenancy::http::{CurrentClock, StaffAccess};
use motel_tenancy::may;
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::consents::GuestConsentView;
use super::documents::IdentityDocumentView;
use super::events::GuestEventView;
use super::notes::GuestNoteView;
use super::view::GuestProfileView;
use super::{guest_id, known};
use crate::{Keepers, Person, queries};

/// Everything that is kept on a guest.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestExportView {
    exported_at: DateTime<Utc>,
    guest: GuestProfileView,
    /// The ids of those who were merged into this guest.
    #[schema(value_type = Vec<Uuid>)]
    merged_ids: Vec<GuestId>,
    /// Every e-mail address they are known by.
    emails: Vec<String>,
    /// Every telephone number they are known by.
    phones: Vec<String>,
    notes: Vec<GuestNoteView>,
    consents: Vec<GuestConsentView>,
    documents: Vec<IdentityDocumentView>,
    /// What staff did to the guest's profile.
    events: Vec<GuestEventView>,
    /// What others keep on them, by what it is: `bookings`, `appointments`, `inquiries`.
    #[schema(value_type = Object)]
    kept: BTreeMap<&'static str, serde_json::Value>,
}

impl GuestExportView {
    async fn of(
        tx: &mut TenantTx,
        keepers: &Keepers,
        id: GuestId,
        now: DateTime<Utc>,
    ) -> Result<Self, Problem> {
        let guest = known(tx, id).await?;
        let person = queries::person(tx, &guest).await?;
        let (id, all) = (guest.id, i64::MAX);
        let Person {
            ids,
            emails,
            phones,
            ..
        } = &person;
        let notes = queries::notes(tx, id, None, all).await?;
        let consents = queries::consents(tx, id, None, all).await?;
        let documents = queries::documents(tx, id, None, all).await?;
        let events = queries::events(tx, ids, None, all).await?;
        let erased = guest.erased_at.is_some();
        let known_by = emails.iter().filter(|_| !erased);
        Ok(Self {
            exported_at: now,
            merged_ids: ids.iter().copied().filter(|it| *it != id).collect(),
            emails: known_by.map(|email| email.as_str().to_owned()).collect(),
            phones: phones.iter().map(|it| it.as_str().to_owned()).collect(),
            notes: notes.into_iter().map(Into::into).collect(),
            consents: consents.into_iter().map(Into::into).collect(),
            documents: documents.into_iter().map(Into::into).collect(),
            events: events.into_iter().map(Into::into).collect(),
            kept: keepers.kept(tx, &person).await?.into_iter().collect(),
            guest: GuestProfileView::of(tx, guest).await?,
        })
    }
}

/// Gives out everything that is kept on a guest, as one document.
#[utoipa::path(
    tag = "guests",
    operation_id = "export_guest",
    params(("id" = Uuid, Path, description = "Which guest")),
    responses((status = 200, description = "All of it", body = GuestExportView))
)]
#[get("/guests/{id}/export")]
pub(crate) async fn show(
    access: StaffAccess<may::ExportGuests>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    keepers: web::Data<Keepers>,
) -> Result<web::Json<GuestExportView>, Problem> {
    let (id, now) = (guest_id(&path)?, access.property.now(&*clock));
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let export = GuestExportView::of(&mut tx, &keepers, id, now).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(export))
}
