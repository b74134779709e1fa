#![doc = include_str!("../README.md")]

pub mod load;
pub mod machine;
pub mod measure;
pub mod options;
pub mod pgbench;
pub mod report;
pub mod run;
pub mod scenario;
pub mod script;
pub mod server;
pub mod town;
pub mod wire;
