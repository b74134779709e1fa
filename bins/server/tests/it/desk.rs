//! The whole application, started for one test.

use std::net::TcpListener;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use chrono::{Days, NaiveDate};
use motel_kernel::{Clock, SystemClock};
use motel_testkit::TestDb;
use remotemotel::seed::{SeedOptions, seed};
use remotemotel::settings::{DatabaseSettings, HttpSettings, Settings};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::books::Books;
use crate::caller::Caller;

/// Every crate that has tables.
const OWNERS: &[&str] = &[
    "appointments",
    "audit",
    "billing",
    "bookings",
    "concierge",
    "conversations",
    "credentials",
    "flows",
    "guests",
    "housekeeping",
    "inventory",
    "invoices",
    "jobs",
    "knowledge",
    "leads",
    "limits",
    "mail",
    "mcp",
    "night-audit",
    "onboarding",
    "passkeys",
    "plans",
    "prompts",
    "rates",
    "shadow",
    "taxes",
    "tenancy",
    "upsells",
    "voice",
    "vouchers",
];

/// Signs the sandbox's notices, among other things.
pub(crate) const SESSION_KEY: &str =
    "a key for tests alone, which has to be at least sixty-four characters long";

/// An installation with the demo businesses that is not open yet.
pub(crate) struct Site {
    pub(crate) db: TestDb,
    pub(crate) data_dir: TempDir,
}

/// An open front desk. It closes when this value goes.
pub(crate) struct Desk {
    pub(crate) site: Site,
    pub(crate) caller: Caller,
    serving: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Site {
    /// Tables and nothing in them.
    pub(crate) async fn bare() -> Self {
        // The demo is named by its path from the top of the project.
        std::env::set_current_dir(top()).unwrap();
        Self {
            db: TestDb::new(OWNERS).await,
            data_dir: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) async fn seeded() -> Self {
        let site = Self::bare().await;
        seed(&site.settings(0), &demo()).await.unwrap();
        site
    }

    pub(crate) fn settings(&self, port: u16) -> Settings {
        Settings {
            database: DatabaseSettings {
                url: self.db.url().clone(),
                pool_size: 8,
            },
            http: HttpSettings {
                public_url: Some(format!("http://127.0.0.1:{port}")),
                session_key: Some(SESSION_KEY.into()),
                ..HttpSettings::default()
            },
            data_dir: self.data_dir.path().to_owned(),
            default_tenant: "remotemotel".to_owned(),
            mail: Default::default(),
            payments: Default::default(),
            platform: Default::default(),
            voice: Default::default(),
            knowledge: Default::default(),
            concierge: Default::default(),
            search: Default::default(),
            secrets: Default::default(),
            limits: Default::default(),
            log: "warn".to_owned(),
        }
    }

    pub(crate) async fn books(&self) -> Books {
        Books::open(&self.db).await
    }
}

impl Desk {
    /// Opens the demo's front desk on a free port.
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let site = Site::seeded().await;
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let caller = Caller::of(format!("http://127.0.0.1:{port}"));
        let mut settings = site.settings(port);
        change(&mut settings);
        let (stop, stopped) = oneshot::channel();
        let serving = thread::spawn(move || serve(listener, &settings, stopped));
        caller.get("/health").await.json(200);
        Self {
            site,
            caller,
            serving: Some((stop, serving)),
        }
    }
}

impl Deref for Desk {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Desk {
    /// Closes it; what it wrote stays.
    pub(crate) fn close(&mut self) {
        if let Some((stop, serving)) = self.serving.take() {
            drop(stop);
            // A front desk that fell over has been noticed by the test.
            let _ = serving.join();
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.close();
    }
}

/// Serves on a runtime of its own, because what a web server is made of does not move between threads.
#[tokio::main]
async fn serve(listener: TcpListener, settings: &Settings, stopped: oneshot::Receiver<()>) {
    tokio::select! {
        served = remotemotel::serve::run(listener, settings, Arc::new(SystemClock)) => served.unwrap(),
        _ = stopped => {}
    }
}

/// Both demo businesses with their sign-ins.
pub(crate) fn demo() -> SeedOptions {
    SeedOptions {
        demo: true,
        folders: Vec::new(),
    }
}

/// The top of the project.
pub(crate) fn top() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The day that is so many days from now at the demo motel.
pub(crate) fn day(ahead: u64) -> NaiveDate {
    SystemClock.today(chrono_tz::America::New_York) + Days::new(ahead)
}
