use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use crate::TenancyError;

/// Sessions are noted to be used once a minute; a page that is worked with calls twice a minute. So two minutes of silence are silence.
const SEEN: &str = "SELECT staff_id, max(last_seen_at) AS last_seen_at, bool_or(open) AS signed_in,
           bool_or(open AND last_seen_at > now() - interval '2 minutes') AS here
    FROM (SELECT staff_id, last_seen_at,
                 ended_at IS NULL AND expires_at > now() AND last_seen_at > now() - interval '12 hours' AS open
          FROM tenancy.sessions WHERE tenant_id = $1) AS seen
    GROUP BY staff_id";

motel_db::text_enum! {
    /// Whether somebody is there.
    pub enum PresenceState {
        /// They did something within the last two minutes.
        Online = "online",
        /// They are signed in somewhere, and did nothing for two minutes.
        Away = "away",
        /// They are signed in nowhere.
        SignedOut = "signed_out",
    }
}

/// Whether somebody is there, and when they were seen last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// Whether they are.
    pub state: PresenceState,
    /// When they did something last, to the minute; `None` when not within 30 days.
    pub last_seen_at: Option<DateTime<Utc>>,
}

/// Who of a team is there. Whoever was not seen for 30 days is not in it.
#[derive(Debug, Clone, Default)]
pub struct Presences(HashMap<StaffId, Presence>);

impl Presences {
    /// Whether one of them is.
    pub fn of(&self, member: StaffId) -> Presence {
        self.0.get(&member).copied().unwrap_or(Presence {
            state: PresenceState::SignedOut,
            last_seen_at: None,
        })
    }
}

#[derive(QueryableByName)]
struct Seen {
    #[diesel(sql_type = SqlUuid)]
    staff_id: StaffId,
    #[diesel(sql_type = Timestamptz)]
    last_seen_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    signed_in: bool,
    #[diesel(sql_type = Bool)]
    here: bool,
}

impl Seen {
    fn presence(&self) -> Presence {
        let state = match (self.here, self.signed_in) {
            (true, _) => PresenceState::Online,
            (false, true) => PresenceState::Away,
            (false, false) => PresenceState::SignedOut,
        };
        Presence {
            state,
            last_seen_at: Some(self.last_seen_at),
        }
    }
}

/// Who of the team is there, by what is noted of their sessions.
///
/// # Errors
/// The database failed.
pub async fn presences(tx: &mut TenantTx) -> Result<Presences, TenancyError> {
    let tenant = tx.tenant();
    let seen: Vec<Seen> = diesel::sql_query(SEEN)
        .bind::<SqlUuid, _>(tenant)
        .load(tx.conn())
        .await?;
    let seen = seen.iter().map(|seen| (seen.staff_id, seen.presence()));
    Ok(Presences(seen.collect()))
}
