//! An invoice as PDF: typeset anew for everybody who asks.

use std::sync::Arc;

use anyhow::{Context, ensure};
use serde::Serialize;

use super::folios::{Folios, INVOICING};
use super::manner;
use super::postings::extra;
use crate::load::{Caller, Load, Next, Until, Wanted};
use crate::measure::Measured;
use crate::options::Plan;
use crate::server::Binary;

/// What was had, one line each.
const LINES: u32 = 30;

/// How often it is asked for before the clock runs.
const WARM_UP: u32 = 20;

/// What it came to.
#[derive(Debug, Serialize)]
pub struct Invoice {
    /// Lines on it.
    pub lines: u32,
    /// Its size.
    pub bytes: usize,
    /// Over HTTP, one at a time.
    pub http: Measured,
}

/// Measures it.
///
/// # Errors
/// Something could not be started, or no PDF came.
pub async fn measure(folios: &Folios<'_>, binary: &Binary, plan: Plan) -> anyhow::Result<Invoice> {
    let town = &folios.town;
    let manner = manner(plan.connections, true);
    let server = binary.serve(&town.url, manner).await?;
    let document = issue(folios, &mut Caller::connect(server.address).await?).await?;
    server.stop().await?;
    let (mut http, mut bytes) = (Vec::new(), 0);
    for run in plan.each_run() {
        eprintln!("invoice, run {run}");
        let server = binary.serve(&town.url, manner).await?;
        let mut caller = Caller::connect(server.address).await?;
        let pdf = caller.expect(&document, 200).await?;
        ensure!(pdf.starts_with(b"%PDF-"), "an invoice that is no PDF");
        bytes = pdf.len();
        let asked_for = document.clone();
        let next: Next = Arc::new(move |_| asked_for.clone());
        let load = Load {
            address: server.address,
            connections: 1,
            good: 200,
            next,
        };
        load.run(Until::Made(WARM_UP), town.folder).await?;
        http.push(load.run(Until::Elapsed(plan.invoice), town.folder).await?);
        server.stop().await?;
    }
    Ok(Invoice {
        lines: LINES,
        bytes,
        http: Measured::median_of(&http),
    })
}

/// Posts what was had and has an invoice written of it; answers the request for the paper.
async fn issue(folios: &Folios<'_>, caller: &mut Caller) -> anyhow::Result<Wanted> {
    let stay = folios.stays.first().context("no stay")?;
    let headers = folios.keys.authorization(INVOICING);
    for line in 1..=LINES {
        let said = format!("Minibar, {line}");
        let wanted = extra(&stay.folio, headers.clone(), &said, 100 + 35 * line);
        caller.expect(&wanted, 201).await?;
    }
    let wanted = Wanted {
        path: format!("/api/v1/folios/{}/actions/invoice", stay.folio),
        body: Some(r#"{ "kind": "invoice" }"#.to_owned()),
        headers: headers.clone(),
    };
    let issued: serde_json::Value = serde_json::from_slice(&caller.expect(&wanted, 201).await?)?;
    let lines = issued.pointer("/lines").and_then(|lines| lines.as_array());
    let lines = lines.map_or(0, Vec::len);
    ensure!(lines == LINES as usize, "an invoice of {lines} lines");
    let id = issued.pointer("/id").and_then(|id| id.as_str());
    let id = id.context("an invoice without an id")?;
    Ok(Wanted {
        path: format!("/api/v1/invoices/{id}/document?format=pdf"),
        headers,
        ..Wanted::default()
    })
}
