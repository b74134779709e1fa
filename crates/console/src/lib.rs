//! Staff pages.

pub mod view;
