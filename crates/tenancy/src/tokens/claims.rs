use chrono::{DateTime, TimeDelta, Utc};
use motel_kernel::{Actor, ApiKeyId, SessionId, StaffId, TenantId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Permission, Permissions};

/// By how much the clocks of two nodes may differ.
const SKEW: TimeDelta = TimeDelta::seconds(30);

/// For whom an access token was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A program of a member, as long as this session of theirs is open.
    Staff(StaffId, SessionId),
    /// A program with a key, as long as the key works.
    Key(ApiKeyId),
}

/// What an access token is made of, and what is read in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Whose data it is about.
    pub tenant: TenantId,
    /// Who holds it.
    pub holder: Holder,
    /// What it is for. Who brings it may do so much of it as their role or key permits then.
    pub permissions: Permissions,
}

/// The text of a token, as RFC 9068 names its parts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    sub: Actor,
    jti: Uuid,
    tenant: TenantId,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<SessionId>,
    scope: String,
    iat: i64,
    nbf: i64,
    pub(super) exp: i64,
}

impl Claims {
    /// Of a token made by `issuer` for itself, which works from `now` until `end`.
    pub(super) fn new(issuer: &str, grant: &Grant, now: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        let (sub, sid) = match grant.holder {
            Holder::Staff(staff, session) => (Actor::Staff(staff), Some(session)),
            Holder::Key(key) => (Actor::ApiKey(key), None),
        };
        Self {
            iss: issuer.to_owned(),
            aud: issuer.to_owned(),
            sub,
            jti: Uuid::new_v4(),
            tenant: grant.tenant,
            sid,
            scope: words(grant.permissions),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: end.timestamp(),
        }
    }

    /// Whether it works at a moment, give or take what clocks differ by.
    pub(super) fn is_in_time(&self, now: DateTime<Utc>) -> bool {
        let skew = SKEW.num_seconds();
        let now = now.timestamp();
        self.nbf <= now.saturating_add(skew) && now < self.exp.saturating_add(skew)
    }

    /// What it grants; `None` where the parts do not go together.
    pub(super) fn grant(&self) -> Option<Grant> {
        let holder = match (self.sub, self.sid) {
            (Actor::Staff(staff), Some(session)) => Holder::Staff(staff, session),
            (Actor::ApiKey(key), None) => Holder::Key(key),
            _ => return None,
        };
        // A word that means nothing any more permits nothing.
        let known = self.scope.split_ascii_whitespace();
        let known = known.filter_map(|word| word.parse::<Permission>().ok());
        Some(Grant {
            tenant: self.tenant,
            holder,
            permissions: known.collect(),
        })
    }
}

/// Permissions as a scope: `rooms:read rates:read`.
pub(crate) fn words(permissions: Permissions) -> String {
    let words: Vec<_> = permissions.iter().map(Permission::as_str).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-12-01T12:00:00Z".parse().unwrap()
    }

    fn claims() -> Claims {
        let grant = Grant {
            tenant: TenantId::new(),
            holder: Holder::Key(ApiKeyId::new()),
            permissions: Permissions::all(),
        };
        let end = noon() + TimeDelta::minutes(15);
        Claims::new("https://motel.example", &grant, noon(), end)
    }

    #[test]
    fn it_works_from_its_moment_to_its_end_and_half_a_minute_around() {
        let claims = claims();
        for (seconds, works) in [
            (-31, false),
            (-30, true),
            (0, true),
            (15 * 60 + 29, true),
            (15 * 60 + 30, false),
        ] {
            let then = noon() + TimeDelta::seconds(seconds);
            assert_eq!(claims.is_in_time(then), works, "{seconds}");
        }
    }

    #[test]
    fn moments_beyond_all_calendars_are_no_trick() {
        let far = |nbf, exp| Claims {
            nbf,
            exp,
            ..claims()
        };
        assert!(far(i64::MIN, i64::MAX).is_in_time(noon()));
        assert!(!far(i64::MAX, i64::MAX).is_in_time(noon()));
        assert!(!far(i64::MIN, i64::MIN).is_in_time(noon()));
    }

    #[test]
    fn parts_that_do_not_go_together_grant_nothing() {
        assert!(claims().grant().is_some());
        for (sub, sid) in [
            (Actor::System, None),
            (Actor::Guest, None),
            (Actor::Staff(StaffId::new()), None),
            (Actor::ApiKey(ApiKeyId::new()), Some(SessionId::new())),
        ] {
            assert_eq!(
                Claims {
                    sub,
                    sid,
                    ..claims()
                }
                .grant(),
                None,
                "{sub}"
            );
        }
        let unknown = Claims {
            scope: "rooms:read rooms:paint ROOMS:WRITE".to_owned(),
            ..claims()
        };
        let only: Permissions = [Permission::ReadRooms].into_iter().collect();
        assert_eq!(unknown.grant().unwrap().permissions, only);
    }
}
