#![doc = include_str!("../README.md")]

mod act;
mod books;
mod report;
mod row;
mod run;
mod sums;
mod timeline;
mod town;

pub use books::Count;
pub use report::{HotelReport, Report};
pub use row::{Ending, Row, read};
pub use run::{CONNECTIONS, replay};
pub use sums::{Months, Sold, YearMonth};
