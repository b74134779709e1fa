use actix_web::{HttpResponse, get, patch, post, web};
use chrono::NaiveDate;
use motel_db::{Db, TenantTx};
use motel_kernel::{Actor, StaffId, TaskId};
use motel_tenancy::http::{Answer, CurrentClock, OneProperty, StaffAccess, StaffWrite};
use motel_tenancy::http::{VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson, ValidQuery, etag,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{Doors, TaskView};
use crate::queries::TaskFilter;
use crate::{HousekeepingError, TaskStatus, commands, queries};

/// Which tasks are wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawFilter {
    /// Of which day; all of them when not said.
    date: Option<NaiveDate>,
    /// Whose: the id of a member of the staff, or `me`.
    #[param(max_length = 36, example = "me")]
    assignee: Option<String>,
    /// `open`, `assigned`, `in_progress`, `done` or `inspected`.
    #[param(pattern = "^(open|assigned|in_progress|done|inspected)$")]
    status: Option<String>,
}

/// The same, parsed.
pub(crate) struct FilterInput {
    date: Option<NaiveDate>,
    assignee: Option<Whose>,
    status: Option<TaskStatus>,
}

enum Whose {
    Mine,
    Theirs(StaffId),
}

impl Input for FilterInput {
    type Raw = RawFilter;

    fn parse(raw: RawFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let assignee = match raw.assignee.as_deref() {
            None => None,
            Some("me") => Some(Whose::Mine),
            Some(id) => errors.check("assignee", id.parse()).map(Whose::Theirs),
        };
        let status = raw
            .status
            .and_then(|status| errors.check("status", status.parse()));
        errors.into_result()?;
        Ok(Self {
            date: raw.date,
            assignee,
            status,
        })
    }
}

impl FilterInput {
    /// `None` when "my tasks" are asked for by somebody who can have none.
    fn filter(&self, actor: Actor) -> Option<TaskFilter> {
        let assignee = match (&self.assignee, actor) {
            (None, _) => None,
            (Some(Whose::Theirs(member)), _) => Some(*member),
            (Some(Whose::Mine), Actor::Staff(member)) => Some(member),
            (Some(Whose::Mine), _) => return None,
        };
        Some(TaskFilter {
            date: self.date,
            assignee,
            status: self.status,
        })
    }
}

/// Lists tasks in the order in which they should be done: by day, arrivals first.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "list_housekeeping_tasks",
    params(RawFilter, CursorParams),
    responses((status = 200, description = "A page of tasks", body = CursorPage<TaskView>))
)]
#[get("/housekeeping/tasks")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadHousekeeping, OneProperty>,
    page: CursorQuery,
    ValidQuery(wanted): ValidQuery<FilterInput>,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<TaskView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let tasks = match wanted.filter(access.actor) {
        Some(filter) => {
            let after = page.after()?;
            queries::tasks(&mut tx, access.property.id, &filter, after, page.fetch()).await?
        }
        None => Vec::new(),
    };
    let doors = Doors::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(tasks, &page, |task| (task.date, task.priority, task.id))?;
    Ok(web::Json(page.map(|task| doors.show(task))))
}

/// Shows a task.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "show_housekeeping_task",
    params(("id" = Uuid, Path, description = "Which task")),
    responses((status = 200, description = "The task", body = TaskView))
)]
#[get("/housekeeping/tasks/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadHousekeeping, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = task_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let task = queries::task(&mut tx, id).await?;
    let task = access.theirs(task, HousekeepingError::UnknownTask)?;
    let tag = etag(task.version);
    let view = TaskView::of(&mut tx, task).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Ok().insert_header(tag).json(view))
}

/// What changes about a task, as it comes in; what is left out stays.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAmendment {
    /// What should be known about it.
    #[schema(max_length = 500)]
    note: Option<String>,
    /// About how long it takes.
    #[schema(minimum = 1, maximum = 600)]
    minutes: Option<i64>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct AmendmentInput {
    note: Option<String>,
    minutes: Option<i16>,
}

impl Input for AmendmentInput {
    type Raw = RawAmendment;

    fn parse(raw: RawAmendment) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let note = raw
            .note
            .and_then(|note| errors.text("note", &note, 0..=500));
        let minutes = raw
            .minutes
            .and_then(|minutes| super::rule::number(&mut errors, "minutes", minutes, 1..=600));
        errors.into_result()?;
        Ok(Self { note, minutes })
    }
}

/// Changes the note or the estimate of a task.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "amend_housekeeping_task",
    params(("id" = Uuid, Path, description = "Which task"), VersionedWriteParams),
    request_body = RawAmendment,
    responses((status = 200, description = "The task as it is now", body = TaskView))
)]
#[patch("/housekeeping/tasks/{id}")]
pub(crate) async fn amend(
    write: StaffWrite<may::WriteHousekeeping>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<AmendmentInput>,
) -> Result<HttpResponse, Problem> {
    let id = task_id(&path)?;
    let now = write.property.now(&*clock);
    write
        .run(&db, &input, async |tx: &mut TenantTx| {
            let (note, minutes) = (input.note.clone(), input.minutes);
            let task = commands::amend(tx, id, note, minutes, write.if_match(), now).await?;
            let version = task.version;
            Ok(Answer::ok(TaskView::of(tx, task).await?).version(version))
        })
        .await
}

/// Which day is planned, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawPlan {
    /// Today when not said; at most a week ahead or behind.
    date: Option<NaiveDate>,
}

/// The same, parsed.
pub(crate) struct PlanInput(Option<NaiveDate>);

impl Input for PlanInput {
    type Raw = RawPlan;

    fn parse(raw: RawPlan) -> Result<Self, FieldErrors> {
        Ok(Self(raw.date))
    }
}

/// What planning a day came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedView {
    /// Which day.
    date: NaiveDate,
    /// The tasks that were not there before.
    made: Vec<TaskView>,
    /// How many stay-over tasks stood already.
    stood: usize,
    /// How many untouched ones were dropped, because nobody needs them any more.
    dropped: usize,
}

/// Plans a day: makes the stay-over tasks that the property's rule asks for, for guests who are in the house. It happens
/// by itself every morning at six; doing it again changes nothing but what has changed meanwhile.
#[utoipa::path(
    tag = "housekeeping",
    operation_id = "plan_housekeeping",
    params(RawPlan, WriteParams),
    responses((status = 200, description = "What it came to", body = PlannedView))
)]
#[post("/housekeeping/plan")]
pub(crate) async fn plan(
    write: StaffWrite<may::WriteHousekeeping>,
    ValidQuery(PlanInput(wanted)): ValidQuery<PlanInput>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let (now, today) = (write.property.now(&*clock), write.property.today(&*clock));
    let day = wanted.unwrap_or(today);
    if (day - today).num_days().abs() > 7 {
        return Err(Problem::invalid("date", "must lie within a week of today"));
    }
    write
        .run(&db, &day, async |tx: &mut TenantTx| {
            let planned = commands::plan_day(tx, &write.property, day, now).await?;
            let doors = Doors::of(tx, write.property.id).await?;
            Ok(Answer::ok(PlannedView {
                date: planned.date,
                made: planned
                    .made
                    .into_iter()
                    .map(|task| doors.show(task))
                    .collect(),
                stood: planned.stood,
                dropped: planned.dropped,
            }))
        })
        .await
}

/// The id in a path; what is none leads nowhere.
pub(super) fn task_id(path: &str) -> Result<TaskId, Problem> {
    path.parse().map_err(|_| Problem::not_found("task"))
}
