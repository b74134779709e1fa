//! Tests on a real database.
