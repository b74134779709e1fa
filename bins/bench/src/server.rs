//! The front desk under test: a process of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use tokio::process::{Child, Command};

use crate::load::Caller;
use crate::machine::resident_mib;

/// How long a start may take.
const TRIES: u32 = 300;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// The server's binary and the settings all its starts share.
#[derive(Debug, Clone)]
pub struct Binary {
    path: PathBuf,
    folder: PathBuf,
}

/// A running server. It is killed when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it answers.
    pub address: SocketAddr,
}

/// How a server of the benchmark differs from any other.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Connections to the database.
    pub connections: u32,
    /// Whether searches may be answered from memory.
    pub calendar: bool,
    /// Whether Stripe tells it of payments; otherwise the sandbox takes them.
    pub stripe: bool,
    /// Whether businesses are billed for their plans.
    pub bills: bool,
}

/// By which the server knows that Stripe speaks. Nobody answers at Stripe's address meanwhile.
pub const WEBHOOK_SECRET: &str = "whsec_bench";

const STRIPE: [(&str, &str); 3] = [
    ("REMOTEMOTEL__PAYMENTS__STRIPE__SECRET_KEY", "sk_test_bench"),
    (
        "REMOTEMOTEL__PAYMENTS__STRIPE__WEBHOOK_SECRET",
        WEBHOOK_SECRET,
    ),
    (
        "REMOTEMOTEL__PAYMENTS__STRIPE__API_BASE",
        "http://127.0.0.1:9",
    ),
];

impl Binary {
    /// The binary at `path`; `folder` is where it may write.
    pub fn new(path: &Path, folder: &Path) -> Self {
        Self {
            path: path.to_owned(),
            folder: folder.to_owned(),
        }
    }

    /// Runs a command that ends by itself and answers what it wrote to standard output.
    ///
    /// # Errors
    /// It failed; what it said is in the error.
    pub async fn run(&self, database: &str, arguments: &[&str]) -> anyhow::Result<String> {
        self.run_in(&self.folder, database, arguments).await
    }

    /// The same in a folder of the caller's.
    ///
    /// # Errors
    /// As for [`Self::run`].
    pub async fn run_in(
        &self,
        folder: &Path,
        database: &str,
        arguments: &[&str],
    ) -> anyhow::Result<String> {
        let done = self
            .command(database)
            .current_dir(folder)
            .args(arguments)
            .output()
            .await
            .with_context(|| format!("starting {}", self.path.display()))?;
        ensure!(
            done.status.success(),
            "{arguments:?} failed: {}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(String::from_utf8(done.stdout)?.trim().to_owned())
    }

    /// Starts a server and waits until it answers.
    ///
    /// # Errors
    /// It ended at once, or did not answer in time.
    pub async fn serve(&self, database: &str, manner: Manner) -> anyhow::Result<Server> {
        let address = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let log = std::fs::File::create(self.folder.join("server.log"))?;
        let mut command = self.command(database);
        command
            .arg("serve")
            .env("REMOTEMOTEL__HTTP__PORT", address.port().to_string())
            .env(
                "REMOTEMOTEL__DATABASE__POOL_SIZE",
                manner.connections.to_string(),
            )
            .env("REMOTEMOTEL__DEFAULT_TENANT", "bench-1")
            // A load may say that it comes from many addresses.
            .env("REMOTEMOTEL__HTTP__BEHIND_PROXY", "true")
            // It asks as fast as it can, by one key, and chats from one address.
            .env("REMOTEMOTEL__LIMITS__PROGRAM", "0")
            .env("REMOTEMOTEL__LIMITS__CHAT", "0")
            .stdout(Stdio::null())
            .stderr(log);
        if !manner.calendar {
            command.env("REMOTEMOTEL__SEARCH__MEMORY_MIB", "0");
        }
        if manner.stripe {
            command.envs(STRIPE);
        }
        if manner.bills {
            command.env("REMOTEMOTEL__PLATFORM__BILLING_EMAIL", "bills@example.com");
        }
        let child = command.spawn()?;
        let mut server = Server { child, address };
        for _ in 0..TRIES {
            if let Some(status) = server.child.try_wait()? {
                bail!(
                    "the server ended at once ({status}); see {}",
                    self.folder.display()
                );
            }
            if let Ok(mut caller) = Caller::connect(address).await
                && caller
                    .get("/health")
                    .await
                    .is_ok_and(|(status, _)| status == 200)
            {
                return Ok(server);
            }
            tokio::time::sleep(BETWEEN_TRIES).await;
        }
        bail!("the server does not answer")
    }

    fn command(&self, database: &str) -> Command {
        let mut command = Command::new(&self.path);
        command
            .current_dir(&self.folder)
            .kill_on_drop(true)
            .env("REMOTEMOTEL__DATABASE__URL", database)
            .env("REMOTEMOTEL__DATA_DIR", self.folder.join("data"))
            .env("REMOTEMOTEL__LOG", "warn")
            .env_remove("REMOTEMOTEL__MAIL__SMTP_URL");
        command
    }
}

impl Server {
    /// Resident memory in MiB: now, and at its highest.
    ///
    /// # Errors
    /// The process is gone.
    pub fn resident_mib(&self) -> anyhow::Result<(u64, u64)> {
        let process = self.child.id().context("the server has ended")?;
        resident_mib(process).context("the server's memory cannot be read")
    }

    /// Ends it.
    ///
    /// # Errors
    /// It could not be ended.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.child.kill().await.context("ending the server")
    }
}
