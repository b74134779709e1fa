use actix_web::{HttpResponse, get, put, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson, ValidQuery, etag,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::profile_input::{ProfileInput, RawGuestProfile, level};
use super::view::GuestProfileView;
use super::{guest_id, known, occasion};
use crate::queries::GuestFilter;
use crate::{commands, queries};

/// Which guests are wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawGuestFilter {
    /// A part of the name, whatever its accents and case, of the e-mail address, or of the telephone number.
    #[param(min_length = 2, max_length = 120)]
    q: Option<String>,
    /// At least this VIP level.
    #[param(minimum = 0, maximum = 5)]
    vip_from: Option<i64>,
}

/// The same, parsed.
pub(crate) struct FilterInput(GuestFilter);

impl Input for FilterInput {
    type Raw = RawGuestFilter;

    fn parse(raw: RawGuestFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let text = raw.q.and_then(|text| errors.text("q", &text, 2..=120));
        let vip_from = raw
            .vip_from
            .and_then(|value| level(&mut errors, "vip_from", value));
        errors.into_result()?;
        Ok(Self(GuestFilter { text, vip_from }))
    }
}

/// Lists guests, the newest first; those who were merged into others or erased are left out.
#[utoipa::path(
    tag = "guests",
    operation_id = "list_guests",
    params(RawGuestFilter, CursorParams),
    responses((status = 200, description = "A page of guests", body = CursorPage<GuestProfileView>))
)]
#[get("/guests")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadGuests>,
    page: CursorQuery,
    ValidQuery(FilterInput(filter)): ValidQuery<FilterInput>,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<GuestProfileView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::list(&mut tx, &filter, page.after()?, page.fetch()).await?;
    let views = GuestProfileView::of_all(&mut tx, found).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(CursorPage::cut(views, &page, |guest| {
        guest.id()
    })?))
}

/// Shows a guest; by the id of one who was merged into another, the other.
#[utoipa::path(
    tag = "guests",
    operation_id = "show_guest",
    params(("id" = Uuid, Path, description = "Which guest")),
    responses((status = 200, description = "The guest", body = GuestProfileView))
)]
#[get("/guests/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadGuests>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = guest_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let guest = known(&mut tx, id).await?;
    let tag = etag(guest.version);
    let view = GuestProfileView::of(&mut tx, guest).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Ok().insert_header(tag).json(view))
}

/// Describes a guest anew, as a whole. The e-mail address stays: it is what tells two guests apart.
#[utoipa::path(
    tag = "guests",
    operation_id = "put_guest",
    params(("id" = Uuid, Path, description = "Which guest"), VersionedWriteParams),
    request_body = RawGuestProfile,
    responses(
        (status = 200, description = "The guest as they are now", body = GuestProfileView),
        (status = 409, description = "`guest_erased`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/guests/{id}")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteGuests>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<ProfileInput>,
) -> Result<HttpResponse, Problem> {
    let (id, occasion) = (guest_id(&path)?, occasion(&write, &clock));
    let expected = write.require_version()?;
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let guest = commands::change(tx, id, &input.0, Some(expected), occasion).await?;
            let version = guest.version;
            Ok(Answer::ok(GuestProfileView::of(tx, guest).await?).version(version))
        })
        .await
}
