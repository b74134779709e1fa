//! On whose word something was changed.

use std::fmt;
use std::str::FromStr;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};

use crate::{ApiKeyId, StaffId};

/// Who changed something.
///
/// Its text form is stable: it is stored with every change and sent in answers. Somebody with an identity of their own
/// is written `staff:<uuid>` or `api_key:<uuid>`, everybody else by a bare word.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, FromSqlRow, AsExpression, Serialize, Deserialize,
)]
#[diesel(sql_type = Text)]
#[serde(try_from = "String", into = "String")]
pub enum Actor {
    /// A member of the tenant's team.
    Staff(StaffId),
    /// A program that holds a key of the tenant.
    ApiKey(ApiKeyId),
    /// The guest themselves, through the website or the guest interface.
    Guest,
    /// The AI front desk on behalf of a guest.
    Concierge,
    /// A rule of the house: an expiry, the night audit, a job.
    System,
}

/// The text names nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no actor")]
pub struct InvalidActor(String);

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::ApiKey(id) => write!(f, "api_key:{id}"),
            Self::Guest => f.write_str("guest"),
            Self::Concierge => f.write_str("concierge"),
            Self::System => f.write_str("system"),
        }
    }
}

impl FromStr for Actor {
    type Err = InvalidActor;

    fn from_str(text: &str) -> Result<Self, InvalidActor> {
        let unknown = || InvalidActor(text.to_owned());
        match (text, text.split_once(':')) {
            ("guest", _) => Ok(Self::Guest),
            ("concierge", _) => Ok(Self::Concierge),
            ("system", _) => Ok(Self::System),
            (_, Some(("staff", id))) => id.parse().map(Self::Staff).map_err(|_| unknown()),
            (_, Some(("api_key", id))) => id.parse().map(Self::ApiKey).map_err(|_| unknown()),
            _ => Err(unknown()),
        }
    }
}

impl TryFrom<String> for Actor {
    type Error = InvalidActor;

    fn try_from(text: String) -> Result<Self, InvalidActor> {
        text.parse()
    }
}

impl From<Actor> for String {
    fn from(actor: Actor) -> Self {
        actor.to_string()
    }
}

impl ToSql<Text, Pg> for Actor {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        std::io::Write::write_all(out, self.to_string().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Text, Pg> for Actor {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(std::str::from_utf8(bytes.as_bytes())?.parse::<Self>()?)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_read_back_as_written() {
        for actor in [
            Actor::Staff(StaffId::new()),
            Actor::ApiKey(ApiKeyId::new()),
            Actor::Guest,
            Actor::Concierge,
            Actor::System,
        ] {
            assert_eq!(actor.to_string().parse(), Ok(actor));
            let json = serde_json::to_string(&actor).unwrap();
            assert_eq!(serde_json::from_str::<Actor>(&json).unwrap(), actor);
        }
    }

    #[test]
    fn the_text_form_is_the_stored_one() {
        let id: StaffId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert_eq!(
            Actor::Staff(id).to_string(),
            "staff:01890a5d-ac96-774b-bcce-b302099a8057"
        );
    }

    #[test]
    fn what_names_nobody_is_refused() {
        for text in ["", "staff", "staff:", "staff:dana", "guest:1", "root"] {
            assert!(text.parse::<Actor>().is_err(), "{text}");
        }
    }
}
