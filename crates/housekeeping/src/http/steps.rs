use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_kernel::{StaffId, TaskId};
use motel_tenancy::http::{
    Answer, Caller, CurrentClock, OneProperty, StaffWrite, VersionedWriteParams,
};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tasks::task_id;
use super::view::TaskView;
use crate::{HousekeepingError, Task, commands, queries};

/// To whom a task is given, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAssignment {
    /// A member of the staff; `null` for nobody.
    #[schema(value_type = Option<Uuid>)]
    assignee: Option<StaffId>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct AssignmentInput(Option<StaffId>);

impl Input for AssignmentInput {
    type Raw = RawAssignment;

    fn parse(raw: RawAssignment) -> Result<Self, FieldErrors> {
        Ok(Self(raw.assignee))
    }
}

/// What an inspection found, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawInspection {
    /// Whether the unit is well. If not, the task is open again.
    passed: bool,
    /// What is to be done about it; replaces the task's note.
    #[schema(max_length = 500)]
    note: Option<String>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct InspectionInput {
    passed: bool,
    note: Option<String>,
}

impl Input for InspectionInput {
    type Raw = RawInspection;

    fn parse(raw: RawInspection) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let note = raw
            .note
            .and_then(|note| errors.text("note", &note, 0..=500));
        errors.into_result()?;
        Ok(Self {
            passed: raw.passed,
            note,
        })
    }
}

/// Gives a task to somebody, or to nobody.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "assign_housekeeping_task",
    params(("id" = Uuid, Path, description = "Which task"), VersionedWriteParams),
    request_body = RawAssignment,
    responses(
        (status = 200, description = "The task as it is now", body = TaskView),
        (status = 409, description = "`wrong_state`"),
    )
)]
#[post("/housekeeping/tasks/{id}/actions/assign")]
pub(crate) async fn assign(
    write: StaffWrite<may::WriteHousekeeping>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<AssignmentInput>,
) -> Result<HttpResponse, Problem> {
    let (id, now) = (task_id(&path)?, write.property.now(&*clock));
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let task = commands::assign(tx, id, input.0, write.if_match(), now).await?;
            answer(tx, task).await
        })
        .await
}

/// Begins a task. Who begins one that nobody has gets it.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "start_housekeeping_task",
    params(("id" = Uuid, Path, description = "Which task"), VersionedWriteParams),
    responses(
        (status = 200, description = "The task as it is now", body = TaskView),
        (status = 409, description = "`wrong_state`"),
    )
)]
#[post("/housekeeping/tasks/{id}/actions/start")]
pub(crate) async fn start(
    write: StaffWrite<may::WriteHousekeeping, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (id, now) = (task_id(&path)?, write.property.now(&*clock));
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            check_theirs(tx, &write, id).await?;
            let task = commands::start(tx, id, write.actor, write.if_match(), now).await?;
            answer(tx, task).await
        })
        .await
}

/// Notes that the unit is clean.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "finish_housekeeping_task",
    params(("id" = Uuid, Path, description = "Which task"), VersionedWriteParams),
    responses(
        (status = 200, description = "The task as it is now", body = TaskView),
        (status = 409, description = "`wrong_state`"),
    )
)]
#[post("/housekeeping/tasks/{id}/actions/done")]
pub(crate) async fn done(
    write: StaffWrite<may::WriteHousekeeping, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (id, now) = (task_id(&path)?, write.property.now(&*clock));
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            check_theirs(tx, &write, id).await?;
            let task = commands::finish(tx, id, write.if_match(), now).await?;
            answer(tx, task).await
        })
        .await
}

/// Notes what an inspection found: the unit is inspected, or dirty and the task open again.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "inspect_housekeeping_task",
    params(("id" = Uuid, Path, description = "Which task"), VersionedWriteParams),
    request_body = RawInspection,
    responses(
        (status = 200, description = "The task as it is now", body = TaskView),
        (status = 409, description = "`wrong_state`"),
    )
)]
#[post("/housekeeping/tasks/{id}/actions/inspect")]
pub(crate) async fn inspect(
    write: StaffWrite<may::WriteHousekeeping, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<InspectionInput>,
) -> Result<HttpResponse, Problem> {
    let (id, now) = (task_id(&path)?, write.property.now(&*clock));
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let (passed, note) = (input.passed, input.note.clone());
            check_theirs(tx, &write, id).await?;
            let task = commands::inspect(tx, id, passed, note, write.if_match(), now).await?;
            answer(tx, task).await
        })
        .await
}

/// Has a task done again.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "reopen_housekeeping_task",
    params(("id" = Uuid, Path, description = "Which task"), VersionedWriteParams),
    responses(
        (status = 200, description = "The task as it is now", body = TaskView),
        (status = 409, description = "`wrong_state`"),
    )
)]
#[post("/housekeeping/tasks/{id}/actions/reopen")]
pub(crate) async fn reopen(
    write: StaffWrite<may::WriteHousekeeping, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (id, now) = (task_id(&path)?, write.property.now(&*clock));
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            check_theirs(tx, &write, id).await?;
            let task = commands::reopen(tx, id, write.if_match(), now).await?;
            answer(tx, task).await
        })
        .await
}

async fn answer(tx: &mut TenantTx, task: Task) -> Result<Answer<TaskView>, Problem> {
    let version = task.version;
    Ok(Answer::ok(TaskView::of(tx, task).await?).version(version))
}

/// Who works for some properties only hears nothing of a task at another one, before anything is said about it.
async fn check_theirs(tx: &mut TenantTx, caller: &Caller, id: TaskId) -> Result<(), Problem> {
    if caller.reach.is_limited() {
        let task = queries::task(tx, id).await?;
        caller.theirs(task, HousekeepingError::UnknownTask)?;
    }
    Ok(())
}
