#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod crew;
mod directory;
mod email;
mod extractors;
mod flags;
mod front;
mod hand_over;
mod isolation;
mod lockout;
mod oauth;
mod own_roles;
mod passwords;
mod permissions;
mod personal;
mod phone;
mod presence;
mod reach;
mod required;
mod second_factor;
mod second_factor_ends;
mod second_factor_routes;
mod sessions;
mod settings;
mod staff;
mod staff_access;
mod staff_routes;
mod staff_write;
mod standing;
mod support;
mod team;
mod tokens;
