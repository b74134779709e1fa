//! What it was measured on.

use std::fs;

use serde::Serialize;

/// The machine and the versions.
#[derive(Debug, Clone, Serialize)]
pub struct Machine {
    /// What the processor calls itself.
    pub processor: String,
    /// How many of its threads may be used.
    pub threads: usize,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// The kernel.
    pub kernel: String,
    /// PostgreSQL's version and the settings that matter here.
    pub postgres: String,
}

impl Machine {
    /// Reads `/proc`; what is not there is called unknown.
    pub fn describe(postgres: String) -> Self {
        Self {
            processor: field("/proc/cpuinfo", "model name").unwrap_or_else(unknown),
            threads: std::thread::available_parallelism().map_or(1, Into::into),
            memory_mib: kibibytes("/proc/meminfo", "MemTotal").unwrap_or(0) / 1024,
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")
                .map_or_else(|_| unknown(), |text| text.trim().to_owned()),
            postgres,
        }
    }
}

/// Resident memory of a process in MiB: now, and at its highest.
pub fn resident_mib(process: u32) -> Option<(u64, u64)> {
    let status = format!("/proc/{process}/status");
    let now = kibibytes(&status, "VmRSS")?;
    let highest = kibibytes(&status, "VmHWM")?;
    Some((now.div_ceil(1024), highest.div_ceil(1024)))
}

fn kibibytes(file: &str, name: &str) -> Option<u64> {
    field(file, name)?.strip_suffix("kB")?.trim().parse().ok()
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn unknown() -> String {
    "unknown".to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn this_process_has_a_size() {
        let (now, highest) = resident_mib(std::process::id()).unwrap();
        assert!(0 < now && now <= highest);
    }
}
