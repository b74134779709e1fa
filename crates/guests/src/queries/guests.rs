use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, GuestId};

use crate::schema::{folded, guests, strpos};
use crate::{Guest, GuestsError};

/// Which guests a list shows; a field that is `None` lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuestFilter {
    /// A part of the name, whatever its accents and case, of the address, or of the number.
    pub text: Option<String>,
    /// At least this VIP level.
    pub vip_from: Option<i16>,
}

/// The guest with that id; for one that was merged, the one it was merged into.
pub async fn find(tx: &mut TenantTx, id: GuestId) -> Result<Option<Guest>, GuestsError> {
    let found = row(tx, id).await?;
    survivor(tx, found).await
}

/// The guests with these ids as they stand there, in no particular order; ids nobody has are skipped.
pub async fn find_many(tx: &mut TenantTx, ids: &[GuestId]) -> Result<Vec<Guest>, GuestsError> {
    let found = guests::table
        .filter(guests::tenant_id.eq(tx.tenant()))
        .filter(guests::id.eq_any(ids))
        .select(Guest::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}

/// The guest with that e-mail address, their own or that of one who was merged into them.
pub async fn find_by_email(tx: &mut TenantTx, email: &Email) -> Result<Option<Guest>, GuestsError> {
    let found = guests::table
        .filter(guests::tenant_id.eq(tx.tenant()))
        .filter(guests::email.eq(email))
        .select(Guest::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    survivor(tx, found).await
}

/// The guests who were neither merged nor erased, the newest first; at most `limit`, beginning after (that is, older than)
/// `after`.
pub async fn list(
    tx: &mut TenantTx,
    filter: &GuestFilter,
    after: Option<GuestId>,
    limit: i64,
) -> Result<Vec<Guest>, GuestsError> {
    let mut wanted = guests::table
        .filter(guests::tenant_id.eq(tx.tenant()))
        .filter(guests::merged_into.is_null())
        .filter(guests::erased_at.is_null())
        .order(guests::id.desc())
        .limit(limit)
        .select(Guest::as_select())
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(guests::id.lt(after));
    }
    if let Some(level) = filter.vip_from {
        wanted = wanted.filter(guests::vip_level.ge(level));
    }
    if let Some(text) = &filter.text {
        let named = strpos(guests::folded_name, folded(text)).gt(0);
        let addressed = strpos(guests::email, text.to_lowercase()).gt(0);
        wanted = match digits(text) {
            Some(number) => {
                let called = guests::phone.like(format!("%{number}%")).assume_not_null();
                let called = guests::phone.is_not_null().and(called);
                wanted.filter(named.or(addressed).or(called))
            }
            None => wanted.filter(named.or(addressed)),
        };
    }
    Ok(wanted.load(tx.conn()).await?)
}

/// The digits of what looks like a part of a telephone number.
fn digits(text: &str) -> Option<String> {
    let written = |letter: char| letter.is_ascii_digit() || " +-.()/".contains(letter);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 3 && text.chars().all(written)).then_some(digits)
}

async fn row(tx: &mut TenantTx, id: GuestId) -> Result<Option<Guest>, GuestsError> {
    let found = guests::table
        .find((tx.tenant(), id))
        .select(Guest::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}

async fn survivor(tx: &mut TenantTx, found: Option<Guest>) -> Result<Option<Guest>, GuestsError> {
    match found.as_ref().and_then(|guest| guest.merged_into) {
        Some(survivor) => row(tx, survivor).await,
        None => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_by_how_it_is_written() {
        assert_eq!(digits("(415) 555-01").as_deref(), Some("41555501"));
        assert_eq!(digits("+44 20"), Some("4420".to_owned()));
        for text in ["12", "room 101", "ada", "ada99@example.com"] {
            assert_eq!(digits(text), None, "{text}");
        }
    }
}
