//! What is done to one member beyond their role: limiting them to some properties, giving out what is kept on them, erasing them, handing the business over.

use std::collections::BTreeMap;

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, web};
use motel_db::Db;
use motel_kernel::{PropertyId, StaffId};
use motel_seal::Keyring;
use motel_tenancy::http::StaffPage;
use motel_tenancy::second_factor::Proof;
use motel_tenancy::team::{self, MemberKeepers};
use motel_tenancy::{Reach, TenancyError, may};
use motel_web::Problem;
use secrecy::SecretString;
use serde::Deserialize;

use super::office::Key;
use super::see_other;

/// That somebody meant it.
#[derive(Deserialize)]
pub(super) struct RawErasure {
    #[serde(default)]
    confirm: String,
}

#[derive(Deserialize)]
pub(super) struct RawHandOver {
    member: String,
    password: SecretString,
    #[serde(default)]
    code: SecretString,
}

/// All that is kept on a member, as a file.
pub(super) async fn export(
    staff: StaffPage<may::ReadTeam>,
    key: Key,
    db: web::Data<Db>,
    keepers: web::Data<MemberKeepers>,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = member(&path)?;
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    let export = team::export_member(&mut tx, &keepers, staff.staff_id, id, key.now()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let name = format!("attachment; filename=\"member-{id}.json\"");
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_DISPOSITION, name))
        .json(export))
}

/// Overwrites who a member was, if the box was ticked.
pub(super) async fn erase(
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    db: web::Data<Db>,
    keepers: web::Data<MemberKeepers>,
    path: web::Path<String>,
    raw: web::Form<RawErasure>,
) -> Result<HttpResponse, Problem> {
    let id = member(&path)?;
    if raw.confirm != "yes" {
        return Ok(back("not_confirmed"));
    }
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    match team::erase_member(&mut tx, &keepers, staff.staff_id, id, key.now()).await {
        Ok(()) => {
            tx.commit().await.map_err(Problem::internal)?;
            Ok(back("member_erased"))
        }
        Err(TenancyError::Team(refusal)) => Ok(back(refusal.code())),
        Err(error) => Err(error.into()),
    }
}

/// Says for which properties a member works: `property-<id>` for each that is ticked, or `whole` for the business.
pub(super) async fn limit(
    staff: StaffPage<may::WriteTeam>,
    db: web::Data<Db>,
    path: web::Path<String>,
    raw: web::Form<BTreeMap<String, String>>,
) -> Result<HttpResponse, Problem> {
    let id = member(&path)?;
    let reach = match raw.contains_key("whole") {
        true => Reach::Everywhere,
        false => Reach::Within(ticked(&raw)),
    };
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    match team::limit_member(&mut tx, staff.staff_id, id, &reach).await {
        Ok(_) => {
            tx.commit().await.map_err(Problem::internal)?;
            Ok(back("limited"))
        }
        Err(TenancyError::Team(refusal)) => Ok(back(refusal.code())),
        Err(TenancyError::NotFound("property")) => Ok(back("no_property")),
        Err(error) => Err(error.into()),
    }
}

fn ticked(raw: &BTreeMap<String, String>) -> Vec<PropertyId> {
    let names = raw.keys().filter_map(|name| name.strip_prefix("property-"));
    names.filter_map(|id| id.parse().ok()).collect()
}

/// Makes another the owner, and who does it a manager.
pub(super) async fn hand_over(
    staff: StaffPage<may::WriteTeam>,
    key: Key,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    raw: web::Form<RawHandOver>,
) -> Result<HttpResponse, Problem> {
    let to = member(&raw.member)?;
    let by = staff.claimant();
    let proof = Proof {
        password: &raw.password,
        code: &raw.code,
    };
    match team::hand_over(&db, &keys, by, to, proof, key.now()).await {
        Ok(()) => Ok(back("handed_over")),
        Err(refused @ (TenancyError::NotProven | TenancyError::TooManyAttempts { .. })) => {
            Ok(back(refused.code()))
        }
        Err(TenancyError::Team(refusal)) => Ok(back(refusal.code())),
        Err(error) => Err(error.into()),
    }
}

fn member(text: &str) -> Result<StaffId, Problem> {
    text.parse().map_err(|_| Problem::not_found("member"))
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("/console/team?news={news}"))
}
