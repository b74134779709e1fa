use motel_db::TenantTx;
use serde_json::{Value, json};

use super::converse::ByModel;
use super::talk::{Found, Talk};
use super::wanted::Wanted;
use super::{Fallback, facts, session_facts};
use crate::engine::journal::Journal;
use crate::tools::{
    Desk, ListPackages, ListServices, SearchAvailability, SearchAvailabilityInput, SearchKnowledge,
    SearchKnowledgeInput, SearchTimes, SearchTimesInput, Tool, ToolError,
};

impl ByModel<'_> {
    /// Uses a tool that only reads, in a transaction of its own.
    pub(super) async fn read(
        &self,
        talk: &mut Talk<'_>,
        wanted: Wanted,
        journal: &mut Journal,
    ) -> Result<Value, Fallback> {
        let desk = self.concierge.desk(talk.turn);
        let mut work = self.stage.open().await.map_err(Fallback::fault)?;
        let tx = work.tx();
        let answered = match wanted {
            Wanted::Search(input) => rooms(tx, &desk, input, &mut talk.found).await,
            Wanted::Packages(input) => {
                let valid = ListPackages::run(tx, &desk, input).await;
                valid.map(|valid| facts::packages(&valid, desk.property.currency))
            }
            Wanted::Services(input) => {
                let offered = ListServices::run(tx, &desk, input).await;
                offered.map(|offered| json!({ "services": session_facts::services(&offered) }))
            }
            Wanted::Times(input) => times(tx, &desk, input, &mut talk.found).await,
            Wanted::Knowledge(input) => knowledge(tx, &desk, input, journal).await,
            Wanted::Act(_) => Ok(json!({ "refused": "internal" })),
        };
        let result = answered.or_else(refused)?;
        work.end().await.map_err(Fallback::fault)?;
        Ok(result)
    }
}

async fn rooms(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    input: SearchAvailabilityInput,
    shown: &mut Found,
) -> Result<Value, ToolError> {
    let (stay, party) = (input.stay, input.party);
    let found = SearchAvailability::run(tx, desk, input).await?;
    let codes = found.result.offers.iter();
    shown.rooms = codes.map(|offer| offer.unit_group.code.clone()).collect();
    Ok(facts::rooms(&found, stay, party))
}

async fn times(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    input: SearchTimesInput,
    shown: &mut Found,
) -> Result<Value, ToolError> {
    let (day, guests) = (input.day, input.guests);
    let found = SearchTimes::run(tx, desk, input).await?;
    let told = session_facts::times(&found, day, guests, desk.property);
    shown.times = Some((day, found));
    Ok(told)
}

async fn knowledge(
    tx: &mut TenantTx,
    desk: &Desk<'_>,
    input: SearchKnowledgeInput,
    journal: &mut Journal,
) -> Result<Value, ToolError> {
    let question = input.question.clone();
    let found = SearchKnowledge::run(tx, desk, input).await?;
    found
        .iter()
        .for_each(|it| journal.cited(facts::citation(it)));
    Ok(facts::passages(&found, &question, &desk.property.policies))
}

/// A refusal is an answer, a fault is none.
fn refused(error: ToolError) -> Result<Value, Fallback> {
    match error {
        ToolError::Refused { .. } => Ok(facts::refusal(&error)),
        fault => Err(Fallback::fault(fault)),
    }
}
