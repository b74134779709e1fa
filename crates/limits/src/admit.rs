//! The count itself: one statement, so that two nodes never let the same last request through.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Binary, Bool, Double, Timestamptz};
use diesel_async::RunQueryDsl;
use motel_db::Db;

use crate::{Limit, LimitsError, Subject};

/// A bucket empties steadily; a request that still fits raises it by one step. The time is the database's, which is the same for
/// every node. `$2` is the step and `$3` the period, in seconds.
const ASK: &str = "
WITH asked AS (
    INSERT INTO limits.buckets AS bucket (subject, empty_at)
    VALUES ($1, clock_timestamp() + make_interval(secs => $2))
    ON CONFLICT (subject) DO UPDATE
    SET empty_at = greatest(bucket.empty_at, clock_timestamp()) + make_interval(secs => $2)
    WHERE greatest(bucket.empty_at, clock_timestamp()) + make_interval(secs => $2)
        <= clock_timestamp() + make_interval(secs => $3)
    RETURNING empty_at)
SELECT true AS admitted, empty_at, clock_timestamp() AS now FROM asked
UNION ALL
SELECT false, empty_at, clock_timestamp() FROM limits.buckets
WHERE subject = $1 AND NOT EXISTS (SELECT FROM asked)";

#[derive(QueryableByName)]
struct Asked {
    #[diesel(sql_type = Bool)]
    admitted: bool,
    #[diesel(sql_type = Timestamptz)]
    empty_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
}

/// Whether somebody may ask now, and how often after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// Whether this one may.
    pub admitted: bool,
    /// How many more at once.
    pub remaining: u32,
    /// Seconds until all of the limit may be asked again; of one who may not, until one more may.
    pub seconds: u32,
}

/// Counts a request, if it still may be made.
///
/// # Errors
/// The database failed; it is not known then.
pub async fn admit(db: &Db, limit: Limit, subject: &Subject) -> Result<Admission, LimitsError> {
    let mut tx = db.redoable("count requests").await?;
    let asked: Option<Asked> = diesel::sql_query(ASK)
        .bind::<Binary, _>(subject.as_bytes())
        .bind::<Double, _>(limit.step().as_secs_f64())
        .bind::<Double, _>(limit.period.as_secs_f64())
        .load(tx.conn())
        .await?
        .pop();
    tx.commit().await?;
    // A bucket that others filled since this statement began refuses, and is not seen.
    Ok(asked.map_or(Admission::refused(limit), |asked| asked.admission(limit)))
}

impl Admission {
    fn refused(limit: Limit) -> Self {
        Self {
            admitted: false,
            remaining: 0,
            seconds: whole_seconds(delta(limit.step())),
        }
    }
}

impl Asked {
    fn admission(&self, limit: Limit) -> Admission {
        let (period, step) = (delta(limit.period), delta(limit.step()));
        let full = (self.empty_at - self.now).clamp(TimeDelta::zero(), period);
        let room = period - full;
        let free = room.num_milliseconds() / step.num_milliseconds().max(1);
        let wait = if self.admitted { full } else { step - room };
        Admission {
            admitted: self.admitted,
            remaining: u32::try_from(free).unwrap_or_default(),
            seconds: whole_seconds(wait),
        }
    }
}

/// Rounded up, so that whoever waits so long may ask.
fn whole_seconds(wait: TimeDelta) -> u32 {
    u32::try_from(wait.num_seconds() + 1).unwrap_or(1)
}

fn delta(duration: std::time::Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn admission(admitted: bool, full_seconds: i64) -> Admission {
        let now = DateTime::UNIX_EPOCH;
        let asked = Asked {
            admitted,
            empty_at: now + TimeDelta::seconds(full_seconds),
            now,
        };
        asked.admission(Limit::per_minute("sign-in", 10).unwrap())
    }

    #[test]
    fn says_how_many_are_left_and_how_long_to_wait() {
        let said = |admitted, full| {
            let Admission {
                remaining, seconds, ..
            } = admission(admitted, full);
            (remaining, seconds)
        };
        assert_eq!(said(true, 6), (9, 7));
        assert_eq!(said(true, 60), (0, 61));
        assert_eq!(said(false, 60), (0, 7));
        assert_eq!(said(false, 56), (0, 3));
    }
}
