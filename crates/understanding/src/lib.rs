#![doc = include_str!("../README.md")]

mod answers;
mod children;
mod companions;
mod contact;
mod cues;
mod dates;
mod facets;
mod intents;
mod message;
mod moments;
mod names;
mod nights;
mod numbers;
mod party;
mod people;
mod pets;
mod room_counts;
mod rooms;
mod scope;
mod spelling;
mod tokens;

pub use self::answers::Answer;
pub use self::dates::roles::Role as StayEnd;
pub use self::dates::{DateFault, DateMention, DateOrder};
pub use self::facets::{Facet, facets};
pub use self::intents::Intent;
pub use self::message::{Context, Slot, Understanding, understand};
pub use self::moments::{Asked, Grain, Moment, Part, PartOfDay, When, moments};
pub use self::names::{Named, named};
pub use self::nights::NightsMention;
pub use self::party::PartyMention;
pub use self::people::{Kin, People, people};
pub use self::room_counts::{RoomsCounted, rooms_counted};
pub use self::rooms::{GroupName, RoomChoice};
