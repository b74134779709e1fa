//! Taxes and fees on a real PostgreSQL.
