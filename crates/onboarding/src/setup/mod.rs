//! Setting a business up, a step at a time. What is done follows from what there is, so that it does not matter where it was done.

mod house_rules;
mod offer;
mod place;
mod progress;
mod rooms;
mod services;
mod step;

pub use house_rules::{
    Breakfast, Cancellation, Children, HouseRules, Parking, Pets, Smoking, Wifi, set_house_rules,
};
pub use offer::has_offer;
pub use place::describe_place;
pub use progress::{mark_seen, setup, skip};
pub use rooms::{MOST_ROOMS, RoomOffer, offer_rooms};
pub use services::{OpenDays, ServiceOffer, offer_service};
pub use step::{Setup, Step, StepState};
