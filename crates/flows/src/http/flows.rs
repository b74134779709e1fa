use actix_web::{HttpResponse, delete, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{FlowKindView, FlowVersionSummary, FlowVersionView, Flows};
use crate::{Draft, Flow, FlowKind, commands, default_flow, queries};

/// Shows the flows of the business: which version is in force, and the default.
#[utoipa::path(
    tag = "flows",
    operation_id = "list_flows",
    responses((status = 200, description = "One flow of each kind", body = Flows))
)]
#[get("/flows")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadSettings>,
    db: web::Data<Db>,
) -> Result<web::Json<Flows>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let active = queries::in_force(&mut tx).await?;
    let mut flows = Vec::new();
    for kind in FlowKind::ALL.iter().copied() {
        flows.push(FlowKindView {
            kind,
            active: active
                .iter()
                .find(|(of, _)| *of == kind)
                .map(|(_, version)| *version),
            default: default_flow(kind).into(),
        });
    }
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(Flows { flows }))
}

/// Lists what was written of a flow, the newest first.
#[utoipa::path(
    tag = "flows",
    operation_id = "list_flow_versions",
    params(
        ("kind" = String, Path, description = "`reservations`, `faq`, `routing` or `after_hours`"),
        CursorParams,
    ),
    responses((status = 200, description = "A page of versions", body = CursorPage<FlowVersionSummary>))
)]
#[get("/flows/{kind}/versions")]
pub(crate) async fn versions(
    access: StaffAccess<may::ReadSettings>,
    path: web::Path<String>,
    query: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<FlowVersionSummary>>, Problem> {
    let of = kind(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::written(&mut tx, of, query.after()?, query.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(found, &query, |one| one.version)?;
    Ok(web::Json(page.map(FlowVersionSummary::from)))
}

/// Shows a version of a flow.
#[utoipa::path(
    tag = "flows",
    operation_id = "show_flow_version",
    params(
        ("kind" = String, Path, description = "`reservations`, `faq`, `routing` or `after_hours`"),
        ("version" = i32, Path, description = "Which version"),
    ),
    responses((status = 200, description = "The version", body = FlowVersionView))
)]
#[get("/flows/{kind}/versions/{version}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    path: web::Path<(String, String)>,
    db: web::Data<Db>,
) -> Result<web::Json<FlowVersionView>, Problem> {
    let (of, number) = path.into_inner();
    let of = kind(&of)?;
    let number = number.parse();
    let number = number.map_err(|_| Problem::not_found("version of this flow"))?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::version(&mut tx, of, number).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(found.into()))
}

/// A flow that was checked when it came in.
pub(crate) struct FlowInput {
    flow: Flow,
}

impl Input for FlowInput {
    type Raw = Draft;

    fn parse(draft: Draft) -> Result<Self, FieldErrors> {
        let flow = Flow::try_from(draft).map_err(|faults| {
            let mut errors = FieldErrors::new();
            for fault in faults.0 {
                errors.push("nodes", fault);
            }
            errors
        })?;
        let mut errors = FieldErrors::new();
        for text in flow.texts() {
            errors.text("nodes", text, 1..=1_000);
        }
        errors.into_result().map(|()| Self { flow })
    }
}

/// Writes the next version of a flow. It is checked, kept as it is, and not in force by that.
#[utoipa::path(
    tag = "flows",
    operation_id = "create_flow_version",
    params(
        ("kind" = String, Path, description = "`reservations`, `faq`, `routing` or `after_hours`"),
        WriteParams,
    ),
    request_body = Draft,
    responses(
        (status = 201, description = "Kept", body = FlowVersionView),
        (status = 409, description = "`too_many_versions`"),
    )
)]
#[post("/flows/{kind}/versions")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteSettings>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<FlowInput>,
) -> Result<HttpResponse, Problem> {
    let of = kind(&path)?;
    let now = clock.now();
    write
        .run(&db, &input.flow, async |tx: &mut TenantTx| {
            let flow = input.flow.clone();
            let kept = commands::keep_version(tx, of, flow, write.actor, now).await?;
            let path = format!("/api/v1/flows/{of}/versions/{}", kept.version);
            Ok(Answer::created(FlowVersionView::from(kept)).location(path))
        })
        .await
}

/// Which version is to be in force.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActiveFlow {
    /// One that was written; an older one takes a change back.
    #[schema(minimum = 1)]
    version: i32,
}

impl Input for ActiveFlow {
    type Raw = Self;

    fn parse(raw: Self) -> Result<Self, FieldErrors> {
        match raw.version {
            1.. => Ok(raw),
            _ => Err(FieldErrors::of("version", "must be 1 at least")),
        }
    }
}

/// Puts a version of a flow in force.
#[utoipa::path(
    tag = "flows",
    operation_id = "put_active_flow",
    params(
        ("kind" = String, Path, description = "`reservations`, `faq`, `routing` or `after_hours`"),
        WriteParams,
    ),
    request_body = ActiveFlow,
    responses((status = 200, description = "It is in force", body = FlowVersionView))
)]
#[put("/flows/{kind}/active")]
pub(crate) async fn put_active(
    write: StaffWrite<may::WriteSettings>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(wanted): ValidJson<ActiveFlow>,
) -> Result<HttpResponse, Problem> {
    let of = kind(&path)?;
    let now = clock.now();
    write
        .run(&db, &wanted, async |tx: &mut TenantTx| {
            let number = wanted.version;
            let version = commands::put_in_force(tx, of, number, write.actor, now).await?;
            Ok(Answer::ok(FlowVersionView::from(version)))
        })
        .await
}

/// Goes by the default again.
#[utoipa::path(
    tag = "flows",
    operation_id = "delete_active_flow",
    params(
        ("kind" = String, Path, description = "`reservations`, `faq`, `routing` or `after_hours`"),
        WriteParams,
    ),
    responses((status = 204, description = "It is the default"))
)]
#[delete("/flows/{kind}/active")]
pub(crate) async fn remove_active(
    write: StaffWrite<may::WriteSettings>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let of = kind(&path)?;
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::put_out_of_force(tx, of).await?;
            Ok(Answer::no_content())
        })
        .await
}

fn kind(word: &str) -> Result<FlowKind, Problem> {
    word.parse().map_err(|_| Problem::not_found("kind of flow"))
}
