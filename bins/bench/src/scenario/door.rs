//! At the door: what it costs to find out whose session a request brings, and who notices a flood of people who want to sign in.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use hyper::header::SET_COOKIE;
use serde::Serialize;

use super::{first_day, manner};
use crate::load::{Caller, Load, Next, Until, Wanted};
use crate::measure::Measured;
use crate::options::Plan;
use crate::server::{Binary, Server};

const SESSION: &str = "/api/v1/session";

/// Who want to sign in, a second.
const STRANGERS: u32 = 200;

/// Connections on which they come.
const CROWD: u32 = 64;

/// Guests who search meanwhile, a second.
const GUESTS: u32 = 100;

/// What was found.
#[derive(Debug, Serialize)]
pub struct Door {
    /// Asking who one is, signed in, one at a time.
    pub member: Measured,
    /// The same without a session.
    pub stranger: Measured,
    /// Guests who search while nobody else is there.
    pub quiet: Measured,
    /// Guests who search during the flood.
    pub flooded: Measured,
    /// The flood: good is whose password was compared, bad who was sent away.
    pub flood: Measured,
}

/// Measures both.
///
/// # Errors
/// Something could not be started, or the demo's clerk cannot sign in.
pub async fn measure(
    url: &str,
    binary: &Binary,
    folder: &Path,
    plan: Plan,
) -> anyhow::Result<Door> {
    let beside = folder.join("beside");
    std::fs::create_dir_all(&beside)?;
    let until = Until::Elapsed(plan.search);
    let mut runs: [Vec<Measured>; 5] = Default::default();
    for run in plan.each_run() {
        eprintln!("door, run {run}");
        let server = binary.serve(url, manner(plan.connections, true)).await?;
        let cookie = sign_in(&server).await?;
        let member = asking(&server, 200, vec![("cookie", cookie)]);
        let stranger = asking(&server, 401, Vec::new());
        let searches = searches(&server);
        let flood = flood(&server, run);
        searches.run(Until::Made(GUESTS), folder).await?;
        let (flooded, flood) = (
            searches.run_at(GUESTS, until, folder),
            flood.run_at(STRANGERS, until, &beside),
        );
        let found = [
            member.run(until, folder).await?,
            stranger.run(until, folder).await?,
            searches.run_at(GUESTS, until, folder).await?,
        ];
        let (flooded, flood) = tokio::try_join!(flooded, flood)?;
        for (runs, found) in runs
            .iter_mut()
            .zip(found.into_iter().chain([flooded, flood]))
        {
            runs.push(found);
        }
        server.stop().await?;
    }
    let [member, stranger, quiet, flooded, flood] = runs.map(|runs| Measured::median_of(&runs));
    ensure!(flood.good > 0, "nobody's password was compared");
    Ok(Door {
        member,
        stranger,
        quiet,
        flooded,
        flood,
    })
}

/// The demo's clerk comes in: the cookie.
async fn sign_in(server: &Server) -> anyhow::Result<String> {
    let credentials = serde_json::json!({
        "email": "clerk@remotemotel.example",
        "password": "demo-front-desk",
    });
    let wanted = Wanted {
        path: SESSION.to_owned(),
        body: Some(credentials.to_string()),
        headers: Vec::new(),
    };
    let answer = Caller::connect(server.address).await?.send(&wanted).await?;
    let cookie = answer.headers().get(SET_COOKIE);
    let cookie = cookie.with_context(|| format!("signing in answered {}", answer.status()))?;
    let cookie = cookie.to_str()?.split(';').next();
    Ok(cookie.unwrap_or_default().to_owned())
}

fn asking(server: &Server, good: u16, headers: Vec<(&'static str, String)>) -> Load {
    let wanted = Wanted {
        path: SESSION.to_owned(),
        body: None,
        headers,
    };
    load(server, 1, good, Arc::new(move |_| wanted.clone()))
}

fn searches(server: &Server) -> Load {
    let arrival = first_day();
    let departure = arrival + chrono::Days::new(2);
    let path = format!(
        "/api/v1/public/remotemotel/availability?check_in={arrival}&check_out={departure}&adults=2"
    );
    let next: Next = Arc::new(move |_| Wanted {
        path: path.clone(),
        ..Wanted::default()
    });
    load(server, 8, 200, next)
}

/// Everybody has an account and an address of their own to be counted by, so that nobody is stopped before a password is compared.
fn flood(server: &Server, run: u64) -> Load {
    let next: Next = Arc::new(move |number| {
        let number = run * 1_000_000 + number;
        let credentials = serde_json::json!({
            "email": format!("stranger-{number}@example.com"),
            "password": "guess",
        });
        let address = u32::try_from(number).map_or(Ipv4Addr::LOCALHOST, |number| {
            Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 0).to_bits() + number)
        });
        Wanted {
            path: SESSION.to_owned(),
            body: Some(credentials.to_string()),
            headers: vec![("x-forwarded-for", address.to_string())],
        }
    });
    load(server, CROWD, 401, next)
}

fn load(server: &Server, connections: u32, good: u16, next: Next) -> Load {
    Load {
        address: server.address,
        connections,
        good,
        next,
    }
}
