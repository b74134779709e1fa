use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use motel_db::TenantTx;
use motel_kernel::{Party, StayDates};
use motel_tenancy::Property;

use super::priced;
use crate::{RuleDetails, UpsellError, Wanted};

/// A stay that an example is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviewStay {
    /// The nights.
    pub stay: StayDates,
    /// Who comes.
    pub party: Party,
}

/// How many Fridays are tried: the first may be sold out, or not open yet.
const TRIES: u64 = 4;

/// What a guest would read by a rule, with the price of a real stay, and that stay. `None` when it cannot be sold with any of the stays
/// tried: two adults, from the next Fridays on, for two nights or as many as the rule asks for.
pub async fn preview(
    tx: &mut TenantTx,
    property: &Property,
    rule: &RuleDetails,
    now: DateTime<Utc>,
) -> Result<Option<(PreviewStay, String)>, UpsellError> {
    let groups = motel_inventory::queries::unit_groups(tx, property.id).await?;
    let today = now.with_timezone(&property.timezone).date_naive();
    let named = &rule.conditions.room_types;
    let rooms: Vec<&str> = groups
        .iter()
        .map(|group| group.code.as_str())
        .filter(|code| named.is_empty() || named.iter().any(|it| it == code))
        .collect();
    for week in 0..TRIES {
        let Some(example) = preview_stay(rule, today + Days::new(7 * week)) else {
            return Ok(None);
        };
        for room_type in &rooms {
            let wanted = Wanted {
                stay: example.stay,
                party: example.party,
                room_type,
            };
            let found = priced(tx, property, &wanted, None, &rule.offered, now).await?;
            if let Some(found) = found {
                let nights = example.stay.night_count();
                let said = rule.words.said(&found, nights, |money| money.to_string());
                return Ok(Some((example, said)));
            }
        }
    }
    Ok(None)
}

/// The stay that an example is made with: from the next Friday on.
pub fn preview_stay(rule: &RuleDetails, today: NaiveDate) -> Option<PreviewStay> {
    const USUAL: i16 = 2;
    let within = |from: Option<i16>, to: Option<i16>| {
        let most = to.unwrap_or(i16::MAX);
        USUAL.max(from.unwrap_or(USUAL)).min(most)
    };
    let conditions = &rule.conditions;
    let nights = within(conditions.nights.from, conditions.nights.to);
    let adults = within(conditions.adults.from, conditions.adults.to);
    let some = |wanted: Option<bool>| i64::from(wanted == Some(true));
    let days = (0..7).map(|ahead| today + Days::new(ahead));
    let friday = days.into_iter().find(|day| day.weekday() == Weekday::Fri)?;
    Some(PreviewStay {
        stay: StayDates::from_nights(friday, u32::try_from(nights).ok()?).ok()?,
        party: Party::new(
            adults.into(),
            some(conditions.children),
            some(conditions.pets),
        )
        .ok()?,
    })
}
