//! Who changed what: over HTTP, and over every table there is.

mod over_http;
mod tables;
mod tampered;
