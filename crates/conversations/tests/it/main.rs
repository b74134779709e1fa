//! Conversations on a real PostgreSQL.
