//! Booking a room, each one durable before it is answered.

use serde::Serialize;

use super::sampling::Asked;
use super::{Town, booking_load, booking_of, manner, sampling};
use crate::load::Until;
use crate::measure::{Measured, median};
use crate::options::Plan;
use crate::pgbench;
use crate::script::GUEST;
use crate::server::Binary;
use crate::town;

/// Numbers of guests and new ids: no two runs use the same.
const RUN: u64 = 20_000_000;

/// What booking came to.
#[derive(Debug, Serialize)]
pub struct Booking {
    /// pgbench, transactions per second.
    pub pgbench: f64,
    /// Over HTTP.
    pub http: Measured,
    /// What pgbench ran.
    pub sql: String,
}

/// Measures booking.
///
/// # Errors
/// Something could not be started, or a booking was refused.
pub async fn measure(town: &Town<'_>, binary: &Binary, plan: Plan) -> anyhow::Result<Booking> {
    let guest = format!("bench-{GUEST}@");
    let script = sampling::sample(town, binary, 201, &guest, |tenant, arrival, asked| {
        let guest = match asked {
            Asked::Sampled => GUEST.to_owned(),
            Asked::Before(round) => format!("warm-{round}"),
        };
        booking_of(tenant, arrival, &guest)
    })
    .await?;
    let (mut rates, mut http) = (Vec::new(), Vec::new());
    for run in plan.each_run() {
        eprintln!("booking, run {run}");
        let range = town.later_range(run * 4_100_000);
        let rate = pgbench::rate(
            town.pgbench,
            &town.url,
            &script,
            range.variables(),
            plan.connections,
            Until::Elapsed(plan.booking),
        );
        rates.push(rate.await?);
        town::drop_new_events(&town.url).await?;
        let server = binary
            .serve(&town.url, manner(plan.connections, true))
            .await?;
        let warm_up = booking_load(&server, town.tenants, plan.connections, run * RUN + RUN / 2);
        warm_up
            .run(Until::Elapsed(plan.warm_up / 2), town.folder)
            .await?;
        let load = booking_load(&server, town.tenants, plan.connections, run * RUN);
        http.push(load.run(Until::Elapsed(plan.booking), town.folder).await?);
        server.stop().await?;
    }
    Ok(Booking {
        pgbench: median(rates),
        http: Measured::median_of(&http),
        sql: script.text,
    })
}
