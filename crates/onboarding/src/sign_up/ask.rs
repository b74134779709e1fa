use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx};
use motel_limits::{Limit, Subject, admit};

use super::model::{LASTS, NewSignUp, SignUpId};
use crate::OnboardingError;
use crate::schema::sign_ups;

/// How often one internet address may ask.
const FROM_ONE_ADDRESS: Limit = Limit {
    name: "sign-up",
    requests: NonZeroU32::MIN.saturating_add(9),
    period: Duration::from_secs(3_600),
};

/// How often one network may in a day: who comes back every hour fills nothing up.
const FROM_ONE_NETWORK: Limit = Limit {
    name: "sign-up-network",
    requests: NonZeroU32::MIN.saturating_add(19),
    period: Duration::from_secs(86_400),
};

/// How many mails one e-mail address gets, whoever asks for them.
const TO_ONE_ADDRESS: Limit = Limit {
    name: "sign-up-mail",
    requests: NonZeroU32::MIN.saturating_add(2),
    period: Duration::from_secs(86_400),
};

/// So many sign-ups may be open of those of the last hour, whoever they are of: what strangers write is bounded, and who filled it up keeps
/// others out for no longer than that.
const MOST_OPEN: i64 = 5_000;
const LATELY: TimeDelta = TimeDelta::hours(1);

/// What became of a question. It tells nothing about accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A mail is on its way, unless enough of them went there lately.
    Noted,
    /// Too many were asked for from there.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
}

/// Has a link mailed by which a business can be founded within 24 hours. Whether the address has an account is found out when the
/// mail is written, and said in it alone; here everybody is answered alike, after the same work.
///
/// # Errors
/// [`OnboardingError::TooManyOpen`].
pub async fn ask_to_sign_up(
    db: &Db,
    new: &NewSignUp,
    address: IpAddr,
    now: DateTime<Utc>,
) -> Result<Asked, OnboardingError> {
    let visitor = Subject::address(FROM_ONE_ADDRESS, "", address);
    let neighbours = Subject::named(FROM_ONE_NETWORK, "", &network(address).to_string());
    for (limit, subject) in [(FROM_ONE_ADDRESS, visitor), (FROM_ONE_NETWORK, neighbours)] {
        let admission = admit(db, limit, &subject).await?;
        if !admission.admitted {
            let seconds = admission.seconds;
            return Ok(Asked::TooMany { seconds });
        }
    }
    let recipient = Subject::named(TO_ONE_ADDRESS, "", new.email.as_str());
    let mailable = admit(db, TO_ONE_ADDRESS, &recipient).await?.admitted;
    let mut tx = db.platform("take down who signs a business up").await?;
    if open(&mut tx, now).await? >= MOST_OPEN {
        return Err(OnboardingError::TooManyOpen);
    }
    if mailable {
        take_down(&mut tx, new, now).await?;
    }
    tx.commit().await?;
    Ok(Asked::Noted)
}

/// The network of 2⁷² that whoever has an address of version 6 at home usually has; an address of version 4 is by itself.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => Ipv6Addr::from_bits(six.to_bits() >> 72 << 72).into(),
        four @ IpAddr::V4(_) => four,
    }
}

async fn open(tx: &mut PlatformTx, now: DateTime<Utc>) -> Result<i64, OnboardingError> {
    Ok(sign_ups::table
        .filter(sign_ups::used_at.is_null())
        .filter(sign_ups::expires_at.gt(now + LASTS - LATELY))
        .count()
        .get_result(tx.conn())
        .await?)
}

async fn take_down(
    tx: &mut PlatformTx,
    new: &NewSignUp,
    now: DateTime<Utc>,
) -> Result<(), OnboardingError> {
    let row = (
        sign_ups::id.eq(SignUpId::fresh()),
        sign_ups::email.eq(&new.email),
        sign_ups::business.eq(new.business.as_str()),
        sign_ups::kind.eq(new.kind),
        sign_ups::created_at.eq(now),
        sign_ups::expires_at.eq(now + LASTS),
        sign_ups::mail_at.eq(now),
    );
    diesel::insert_into(sign_ups::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(())
}
