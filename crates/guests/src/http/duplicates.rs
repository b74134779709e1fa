use actix_web::{get, web};
use motel_db::Db;
use motel_kernel::GuestId;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Duplicate, Guest, queries};

/// Two guests who may be one.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicateView {
    /// Who was heard of first.
    first: DuplicateGuestView,
    second: DuplicateGuestView,
    /// `same_phone`; `same_name`, when their names have the same words, whatever their order, accents and case.
    reasons: Vec<String>,
}

/// One of two.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DuplicateGuestView {
    #[schema(value_type = Uuid)]
    id: GuestId,
    name: String,
    email: String,
    #[schema(required)]
    phone: Option<String>,
}

impl From<Guest> for DuplicateGuestView {
    fn from(guest: Guest) -> Self {
        Self {
            id: guest.id,
            name: guest.name.as_str().to_owned(),
            email: guest.email.as_str().to_owned(),
            phone: guest.phone.map(|phone| phone.as_str().to_owned()),
        }
    }
}

impl From<Duplicate> for DuplicateView {
    fn from(pair: Duplicate) -> Self {
        let phone = pair.same_phone.then(|| "same_phone".to_owned());
        let name = pair.same_name.then(|| "same_name".to_owned());
        Self {
            first: pair.first.into(),
            second: pair.second.into(),
            reasons: phone.into_iter().chain(name).collect(),
        }
    }
}

/// Lists guests who may be one, pair by pair, with the reasons.
#[utoipa::path(
    tag = "guests",
    operation_id = "list_duplicate_guests",
    params(CursorParams),
    responses((status = 200, description = "A page of pairs", body = CursorPage<DuplicateView>))
)]
#[get("/guests/duplicates")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadGuests>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<DuplicateView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let pairs = queries::duplicates(&mut tx, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(pairs, &page, |pair| (pair.first.id, pair.second.id))?;
    Ok(web::Json(page.map(DuplicateView::from)))
}
