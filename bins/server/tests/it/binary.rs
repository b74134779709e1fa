//! The real binary, as a process of its own.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use secrecy::ExposeSecret;
use serde_json::Value;

use crate::caller::Caller;
use crate::desk::{SESSION_KEY, Site};

/// How long the binary may take to open.
const PATIENCE: Duration = Duration::from_secs(60);

/// `remotemotel serve`. It is killed when this value goes.
pub(crate) struct Binary {
    child: Child,
    log: PathBuf,
    pub(crate) caller: Caller,
}

impl Binary {
    /// Starts it on a free port and waits until it says which.
    pub(crate) async fn start(site: &Site) -> Self {
        Self::start_with(site, &[]).await
    }

    /// The same with more settings.
    pub(crate) async fn start_with(site: &Site, settings: &[(&str, &str)]) -> Self {
        let log = site.data_dir.path().join("log");
        let child = Command::new(env!("CARGO_BIN_EXE_remotemotel"))
            .arg("serve")
            .env_clear()
            .env("REMOTEMOTEL__DATABASE__URL", site.db.url().expose_secret())
            .env("REMOTEMOTEL__DATA_DIR", site.data_dir.path())
            .env("REMOTEMOTEL__HTTP__PORT", "0")
            .env("REMOTEMOTEL__HTTP__SESSION_KEY", SESSION_KEY)
            .envs(settings.iter().copied())
            // No settings file lies there.
            .current_dir(site.data_dir.path())
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut binary = Self {
            child,
            log,
            caller: Caller::of(String::new()),
        };
        let port = tokio::time::timeout(PATIENCE, binary.port()).await;
        let port = port.unwrap_or_else(|_| panic!("it did not open: {}", binary.raw_log()));
        binary.caller.url = format!("http://127.0.0.1:{port}");
        binary
    }

    /// Ends it as a power failure would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// What it has logged at a level.
    pub(crate) fn logged(&self, level: &str) -> Vec<Value> {
        let raw = self.raw_log();
        let lines = raw
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        lines
            .filter(|entry: &Value| entry["level"] == level)
            .collect()
    }

    async fn port(&mut self) -> u64 {
        let mut pace = tokio::time::interval(Duration::from_millis(20));
        loop {
            pace.tick().await;
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("it ended with {status}: {}", self.raw_log());
            }
            let opened = self.logged("INFO");
            let port = opened.iter().find_map(|entry| entry["port"].as_u64());
            if let Some(port) = port {
                return port;
            }
        }
    }

    /// All of it.
    pub(crate) fn raw_log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        // After `kill` there is nothing left to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
