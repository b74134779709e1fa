//! What anybody can try who reaches the port: other sites, slow lines, packed bodies, too much of it; and what they are told.

mod bombs;
mod cross_origin;
mod headers;
mod log;
mod programs;
mod slow;
