use actix_web::{HttpResponse, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{
    Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams,
};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson, etag};

use super::coupon_body::{CouponBody, CouponInput, CouponView};
use crate::{Coupon, CouponId, commands, queries};

/// Makes a coupon.
#[utoipa::path(
    tag = "coupons",
    operation_id = "create_coupon",
    params(WriteParams),
    request_body = CouponBody,
    responses(
        (status = 201, description = "Made", body = CouponView),
        (status = 409, description = "`code_taken`"),
    )
)]
#[post("/coupons")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteVouchers>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<CouponInput>,
) -> Result<HttpResponse, Problem> {
    let making = async |tx: &mut TenantTx| {
        let details = input.details(tx, write.property.id).await?;
        let made = commands::create_coupon(tx, write.property.id, details).await?;
        let at = format!("/api/v1/coupons/{}", made.id);
        Ok(answer(Answer::created, made).location(at))
    };
    write.run(&db, &input.body, making).await
}

/// Lists the coupons of the property, the oldest first; ended ones too.
#[utoipa::path(
    tag = "coupons",
    operation_id = "list_coupons",
    params(CursorParams),
    responses((status = 200, description = "A page of coupons", body = CursorPage<CouponView>))
)]
#[get("/coupons")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadVouchers>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<CouponView>>, Problem> {
    let after = page.after()?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::coupons(&mut tx, access.property.id, after, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(found, &page, |coupon| coupon.id)?;
    Ok(web::Json(page.map(CouponView::from)))
}

/// Shows a coupon.
#[utoipa::path(
    tag = "coupons",
    operation_id = "show_coupon",
    params(("id" = Uuid, Path, description = "Which coupon")),
    responses((status = 200, description = "The coupon, its version in `ETag`", body = CouponView))
)]
#[get("/coupons/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadVouchers>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = coupon_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::coupon(&mut tx, access.property.id, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(found.version))
        .json(CouponView::from(found)))
}

/// Describes a coupon anew that was never used.
#[utoipa::path(
    tag = "coupons",
    operation_id = "replace_coupon",
    params(("id" = Uuid, Path, description = "Which coupon"), VersionedWriteParams),
    request_body = CouponBody,
    responses(
        (status = 200, description = "As it is now", body = CouponView),
        (status = 409, description = "`coupon_used` or `code_taken`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/coupons/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteVouchers>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<CouponInput>,
) -> Result<HttpResponse, Problem> {
    let id = coupon_id(&path)?;
    let version = Some(write.require_version()?);
    let changing = async |tx: &mut TenantTx| {
        let property = write.property.id;
        let details = input.details(tx, property).await?;
        let now = commands::change_coupon(tx, property, id, details, version).await?;
        Ok(answer(Answer::ok, now))
    };
    write.run(&db, &input.body, changing).await
}

/// Ends a coupon: it can't be used any more, and stays where it was used.
#[utoipa::path(
    tag = "coupons",
    operation_id = "end_coupon",
    params(("id" = Uuid, Path, description = "Which coupon"), VersionedWriteParams),
    responses((status = 200, description = "Ended", body = CouponView))
)]
#[post("/coupons/{id}/actions/end")]
pub(crate) async fn end(
    write: StaffWrite<may::WriteVouchers>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let id = coupon_id(&path)?;
    let now = write.property.now(&*clock);
    let ending = async |tx: &mut TenantTx| {
        let property = write.property.id;
        let ended = commands::end_coupon(tx, property, id, write.if_match(), now).await?;
        Ok(answer(Answer::ok, ended))
    };
    write.run(&db, "", ending).await
}

fn answer(
    shown: impl FnOnce(CouponView) -> Answer<CouponView>,
    coupon: Coupon,
) -> Answer<CouponView> {
    let version = coupon.version;
    shown(CouponView::from(coupon)).version(version)
}

fn coupon_id(path: &str) -> Result<CouponId, Problem> {
    path.parse().map_err(|_| Problem::not_found("coupon"))
}
