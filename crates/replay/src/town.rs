//! The hotels of the data set, with as many rooms as they need, before anything happens.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, ensure};
use chrono::{Days, NaiveDate};
use motel_db::{Db, TenantTx};
use motel_inventory::commands::{MAX_OPEN_NIGHTS, open_nights, put_unit, put_unit_group};
use motel_inventory::{UnitDetails, UnitGroupDetails};
use motel_kernel::TenantId;
use motel_rates::commands::{
    PriceEdit, create_promo_code, create_rate_plan, create_season, edit_prices,
};
use motel_rates::{
    DateWindow, NightRange, PromoCodeDetails, PromoDiscount, RatePlanDetails, Season,
    SeasonDetails, SeasonEffect, Weekdays,
};
use motel_tenancy::{Outcome, Property, TenantSettings};

use crate::row::Row;

/// What a night costs where no booking says otherwise; no booking is made at it.
const USUAL_RATE: i64 = 10_000;

/// A hotel that is ready for its guests.
pub(crate) struct Hotel {
    pub(crate) tenant: TenantId,
    pub(crate) property: Property,
    /// By room type: the price of the booking of it that is about to be made.
    pub(crate) seasons: BTreeMap<String, Season>,
    pub(crate) rooms: BTreeMap<String, u32>,
}

/// Founds a hotel.
///
/// # Errors
/// It is there already, or a command refused something.
pub(crate) async fn found(
    db: &Db,
    name: &str,
    rooms: BTreeMap<String, u32>,
    rows: &[Row],
) -> anyhow::Result<Hotel> {
    let mut across = db.platform("found a hotel for the replay").await?;
    let founded =
        motel_tenancy::commands::upsert_tenant_from_settings(&mut across, &settings(name)?).await?;
    ensure!(
        founded.outcome == Outcome::Created,
        "{name} is in this database already; replay into a fresh one"
    );
    let mut tx = across.narrow_to(founded.tenant.id).await?;
    let nights = nights(rows).context("no night is slept in the file")?;
    put_rooms(&mut tx, &founded.property, &rooms, nights).await?;
    let seasons = put_prices(&mut tx, &founded.property, &rooms, nights).await?;
    tx.commit().await?;
    Ok(Hotel {
        tenant: founded.tenant.id,
        property: founded.property,
        seasons,
        rooms,
    })
}

/// The first night of all and the first one no more, with a day's margin.
fn nights(rows: &[Row]) -> Option<(NaiveDate, NaiveDate)> {
    let first = rows.iter().map(|row| row.arrival).min()?;
    let last = rows.iter().map(Row::departure).max()?;
    Some((first, last + Days::new(1)))
}

async fn put_rooms(
    tx: &mut TenantTx,
    property: &Property,
    rooms: &BTreeMap<String, u32>,
    (first, until): (NaiveDate, NaiveDate),
) -> anyhow::Result<()> {
    for (index, (letter, count)) in rooms.iter().enumerate() {
        let details = UnitGroupDetails {
            code: code(letter),
            name: format!("Room type {letter}"),
            description: "A room type of the data set.".to_owned(),
            // The file does not say how many people a type sleeps.
            max_guests: 40,
            max_adults: 40,
            pets_allowed: false,
            beds: "unknown".to_owned(),
            size_sqft: None,
            amenities: Vec::new(),
            sort: i16::try_from(index)?,
        };
        let group = put_unit_group(tx, property.id, details).await?.row;
        for number in 1..=*count {
            let unit = UnitDetails {
                number: format!("{letter}{number:03}"),
                floor: 1,
                accessible: false,
                note: String::new(),
            };
            put_unit(tx, &group, unit).await?;
        }
    }
    let mut from = first;
    while from < until {
        let to = (from + Days::new(MAX_OPEN_NIGHTS.unsigned_abs())).min(until);
        open_nights(tx, property.id, from, to).await?;
        from = to;
    }
    Ok(())
}

async fn put_prices(
    tx: &mut TenantTx,
    property: &Property,
    rooms: &BTreeMap<String, u32>,
    (first, until): (NaiveDate, NaiveDate),
) -> anyhow::Result<BTreeMap<String, Season>> {
    let details = RatePlanDetails::new("agreed", "As agreed");
    let plan = create_rate_plan(tx, property.id, details).await?;
    let groups = motel_inventory::queries::unit_groups(tx, property.id).await?;
    let ids: Vec<_> = groups.iter().map(|group| group.id).collect();
    let nights = NightRange::new(first, until, Weekdays::ALL)?;
    edit_prices(tx, &plan, &ids, nights, PriceEdit::Set(USUAL_RATE)).await?;
    let mut seasons = BTreeMap::new();
    for letter in rooms.keys() {
        let group = groups.iter().find(|group| group.code == code(letter));
        let season = SeasonDetails {
            code: code(letter),
            name: "The rate of the booking that is made next".to_owned(),
            priority: 100,
            nights,
            unit_group: Some(group.context("a room type without rooms")?.id),
            rate_plan: None,
            effect: SeasonEffect::Price(USUAL_RATE),
        };
        let season = create_season(tx, property.id, season).await?;
        seasons.insert(letter.clone(), season);
        put_promo_code(tx, property, letter).await?;
    }
    Ok(seasons)
}

async fn put_promo_code(
    tx: &mut TenantTx,
    property: &Property,
    letter: &str,
) -> anyhow::Result<()> {
    let everything_off = PromoCodeDetails {
        code: complimentary(letter),
        name: format!("On the house, room type {letter}"),
        active: true,
        discount: PromoDiscount::Percent(10_000),
        booking: DateWindow::default(),
        stay: DateWindow::default(),
        rate_plans: Vec::new(),
        max_uses: None,
    };
    create_promo_code(tx, property.id, everything_off).await?;
    Ok(())
}

/// Takes everything off: for the nights the file gives away. A code for each room type, since its uses are counted.
pub(crate) fn complimentary(letter: &str) -> String {
    format!("COMPLIMENTARY-{letter}")
}

/// What the room type of a letter is called by programs.
pub(crate) fn code(letter: &str) -> String {
    format!("type_{}", letter.to_lowercase())
}

fn settings(name: &str) -> anyhow::Result<TenantSettings> {
    let slug = format!("replay-{}", name.to_lowercase().replace(' ', "-"));
    let settings: HashMap<&str, toml::Value> = [
        ("slug", slug.into()),
        ("name", name.into()),
        ("kind", "motel".into()),
        ("property", toml::from_str::<toml::Value>(PROPERTY)?),
        ("tax", toml::from_str::<toml::Value>(TAX)?),
        ("policies", toml::from_str::<toml::Value>(POLICIES)?),
    ]
    .into_iter()
    .collect();
    Ok(toml::from_str(&toml::to_string(&settings)?)?)
}

/// The hotels of the data set are in Portugal. Its rates hold what tax there was.
const PROPERTY: &str = r#"
code = "REPLAY"
name = "A hotel of the past"
street = "1 Rua do Passado"
city = "Lisboa"
region = ""
postal_code = "1000-001"
country = "PT"
phone = "+351210000000"
email = "desk@replay.example"
timezone = "Europe/Lisbon"
currency = "EUR"
check_in = "14:00"
check_out = "12:00"
"#;

const TAX: &str = r#"
name = "No tax"
basis_points = 0
included = false
"#;

/// The longest stay of the file has 69 nights.
const POLICIES: &str = r#"
[stay_length]
minimum_nights = 1
maximum_nights = 365
summary = "Stay as long as you like."
"#;
