use actix_web::{get, web};
use motel_db::Db;
use motel_kernel::Party;
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::input::{RawWish, stay, wish};
use super::params::{StayParams, WishParams};
use super::plan_view::{AvailablePlan, PriceView};
use crate::market::MOST_ROOMS;
use crate::{RoomCombination, RoomOffer, RoomsRequest, queries};

/// How many combinations are answered.
const MOST_COMBINATIONS: usize = 5;

/// The query of `GET /availability/rooms` as it comes in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawRooms {
    check_in: String,
    check_out: String,
    rooms: String,
    #[serde(flatten)]
    wish: RawWish,
}

/// The same for the OpenAPI document.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes; what is read is `RawRooms`")]
pub(crate) struct RoomsParams {
    /// How many rooms; as few as will do if left out.
    #[param(minimum = 1, maximum = 8)]
    rooms: Option<u8>,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct RoomsInput(RoomsRequest);

impl Input for RoomsInput {
    type Raw = RawRooms;

    fn parse(raw: RawRooms) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let stay = stay(&raw.check_in, &raw.check_out, &mut errors);
        let rooms = match raw.rooms.trim() {
            "" => Ok(None),
            text => text
                .parse()
                .ok()
                .filter(|rooms| (1..=MOST_ROOMS).contains(rooms))
                .map(Some)
                .ok_or_else(|| format!("must be a whole number from 1 to {MOST_ROOMS}")),
        };
        let rooms = errors.check("rooms", rooms);
        let wish = wish(&raw.wish, &mut errors);
        let parsed = (|| {
            Some(RoomsRequest {
                search: wish?.on(stay?),
                rooms: rooms?,
            })
        })();
        parsed.filter(|_| errors.is_empty()).map(Self).ok_or(errors)
    }
}

/// Rooms that together take everybody.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoomCombinations {
    /// The cheapest first; empty when there is no way.
    combinations: Vec<RoomCombinationView>,
}

/// Some rooms.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoomCombinationView {
    /// One entry a room.
    rooms: Vec<RoomView>,
    /// What all cost together.
    total: PriceView,
}

/// One room, who sleeps in it, and its cheapest plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoomView {
    /// The room type's code.
    room_type: String,
    /// What it is called.
    name: String,
    /// Grown-ups.
    adults: u8,
    /// Children.
    children: u8,
    /// The ages of these children as far as they are known.
    child_ages: Vec<u8>,
    /// Animals.
    pets: u8,
    /// Price and terms.
    plan: AvailablePlan,
}

/// Rooms for people who travel together and do not fit into one: every room with an adult, the cheapest ways first.
#[utoipa::path(
    tag = "availability",
    params(StayParams, RoomsParams, WishParams),
    responses(
        (status = 200, description = "Combinations of rooms", body = RoomCombinations),
        (status = 422, description = "A field is not right"),
    )
)]
#[get("/availability/rooms")]
pub(crate) async fn several_rooms(
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidQuery(RoomsInput(request)): ValidQuery<RoomsInput>,
) -> Result<web::Json<RoomCombinations>, Problem> {
    let now = place.property.now(&*clock);
    let tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let found = queries::rooms(&tx, &place.property, &request, now, MOST_COMBINATIONS).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let combinations = found.into_iter().map(RoomCombinationView::from).collect();
    Ok(web::Json(RoomCombinations { combinations }))
}

impl From<RoomCombination> for RoomCombinationView {
    fn from(combination: RoomCombination) -> Self {
        Self {
            rooms: combination.rooms.into_iter().map(RoomView::from).collect(),
            total: combination.total.into(),
        }
    }
}

impl From<RoomOffer> for RoomView {
    fn from(room: RoomOffer) -> Self {
        let party: Party = room.party;
        Self {
            room_type: room.unit_group.code,
            name: room.unit_group.name,
            adults: party.adults(),
            children: party.children(),
            child_ages: room.child_ages,
            pets: party.pets(),
            plan: (&room.plan).into(),
        }
    }
}
