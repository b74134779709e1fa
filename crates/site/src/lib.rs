//! Guest pages.

pub mod view;
