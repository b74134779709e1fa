use std::collections::BTreeSet;

use actix_web::{HttpResponse, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::{PropertyId, StaffId};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::members::{MemberView, view};
use crate::http::sessions::member;
use crate::http::{Answer, StaffWrite, WriteParams};
use crate::{Reach, may, team};

/// More than any business has.
const MOST: usize = 200;

/// For which properties somebody works, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReach {
    /// These and no other; `null` for the whole business. It has to be said, so that nobody is let further by leaving it out.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required, max_items = 200)]
    properties: Option<Vec<String>>,
}

/// The same, parsed: each property once.
#[derive(Debug, Serialize)]
pub(crate) struct ReachInput(Option<BTreeSet<PropertyId>>);

impl Input for ReachInput {
    type Raw = RawReach;

    fn parse(raw: RawReach) -> Result<Self, FieldErrors> {
        let Some(words) = raw.properties else {
            return Ok(Self(None));
        };
        if !(1..=MOST).contains(&words.len()) {
            return Err(FieldErrors::of("properties", "must be one to 200"));
        }
        let mut errors = FieldErrors::new();
        let mut known = BTreeSet::new();
        for (place, word) in words.iter().enumerate() {
            known.extend(errors.check(&format!("properties.{place}"), word.parse::<PropertyId>()));
        }
        errors.into_result().map(|()| Self(Some(known)))
    }
}

impl ReachInput {
    fn reach(&self) -> Reach {
        match &self.0 {
            None => Reach::Everywhere,
            Some(some) => Reach::Within(some.iter().copied().collect()),
        }
    }
}

/// Limits a member to some properties of the business, or lets them work for all of it again. An owner works for all of it.
#[utoipa::path(
    tag = "team",
    operation_id = "limit_member",
    request_body = RawReach,
    params(("id" = Uuid, Path, description = "Which member"), WriteParams),
    responses(
        (status = 200, description = "The member as they are now", body = MemberView),
        (status = 403, description = "`staff_only`, `beyond_role`"),
        (status = 409, description = "`owner_unlimited`"),
    )
)]
#[put("/team/{id}/properties")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteTeam>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<ReachInput>,
) -> Result<HttpResponse, Problem> {
    let by = member(&write)?;
    let id: StaffId = path.parse().map_err(|_| Problem::not_found("member"))?;
    let limited = async |tx: &mut TenantTx| {
        let member = team::limit_member(tx, by, id, &input.reach()).await?;
        Ok(Answer::ok(view(tx, member).await?))
    };
    write.run(&db, &input, limited).await
}
