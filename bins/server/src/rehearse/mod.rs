//! `remotemotel rehearse`.

mod told;

use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::Args;
use indicatif::ProgressBar;
use motel_concierge::rehearsal::{past_turns, silent_score};
use motel_concierge::{Concierge, ModelDesk, RehearsalError};
use motel_conversations::queries::begun_before;
use motel_db::Db;
use motel_kernel::{ConversationId, SystemClock, TenantId};
use motel_shadow::Candidate;
use motel_tenancy::queries::default_property;
use motel_tenancy::{Directory, Property, Slug};

use self::told::{Outcome, Told};
use crate::app::reach;
use crate::ingest::embedder;
use crate::settings::Settings;
use crate::{keys, progress};

/// Whose conversations to answer once more, and who does.
#[derive(Debug, Args)]
pub struct RehearseOptions {
    /// The business; the default one when not said.
    #[arg(long)]
    pub tenant: Option<String>,
    /// One conversation alone.
    #[arg(long, conflicts_with = "last")]
    pub conversation: Option<ConversationId>,
    /// Only so many conversations, the latest ones.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub last: Option<u32>,
    /// The built-in engine of this version answers.
    #[arg(long, conflicts_with = "model", required_unless_present = "model")]
    pub built_in: bool,
    /// A language model answers: the one of this name, or the one that the business has chosen.
    #[arg(long)]
    pub model: Option<Option<String>>,
    /// It is told this version of the prompt for writing, instead of the active one.
    #[arg(long, requires = "model", value_parser = clap::value_parser!(i32).range(0..))]
    pub prompt: Option<i32>,
    /// How much it has to agree on the whole with what guests heard, in hundredths.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(i16).range(0..=100))]
    pub at_least: i16,
    /// Prints JSON, a line for each turn and one for all.
    #[arg(long)]
    pub json: bool,
}

impl RehearseOptions {
    fn candidate(&self) -> Candidate {
        match &self.model {
            Some(name) => Candidate::model(name.clone()).told(self.prompt),
            None => Candidate::built_in(),
        }
    }
}

/// Answers saved conversations once more, prints what changes, and how much it agrees. Nothing of it stands, but for what a model used.
///
/// # Errors
/// There was nothing to rehearse, it agrees less than it has to, or something broke.
pub async fn rehearse(settings: &Settings, options: &RehearseOptions) -> anyhow::Result<()> {
    let stage = Stage::set(settings, options).await?;
    let conversations = stage.conversations(options).await?;
    let outcome = stage.play(&conversations).await?;
    match options.json {
        true => outcome.print_json()?,
        false => outcome.print(),
    }
    ensure!(!outcome.has_broken(), "some turns could not be rehearsed");
    ensure!(outcome.turns() > 0, "there was nothing to rehearse");
    let agreement = outcome.agreement();
    ensure!(
        agreement >= options.at_least,
        "it agrees by {agreement} %, less than {} %",
        options.at_least
    );
    Ok(())
}

/// How many conversations are looked up at once.
const AT_ONCE: i64 = 500;

/// Whose conversations are played, and by whom.
struct Stage {
    db: Db,
    tenant: TenantId,
    property: Property,
    concierge: Concierge,
    candidate: Candidate,
}

impl Stage {
    async fn set(settings: &Settings, options: &RehearseOptions) -> anyhow::Result<Self> {
        let name = options.tenant.as_ref().unwrap_or(&settings.default_tenant);
        let slug = Slug::parse(name)?;
        let db = Db::connect(&settings.database.url, 2)
            .await
            .context("connecting to the database")?;
        let place = Directory::new(db.clone(), slug.clone()).find(&slug).await?;
        let place = place.with_context(|| format!("there is no business {slug}"))?;
        let tenant = place.0.id;
        let mut tx = db.tenant(tenant).await?;
        let property = default_property(&mut tx).await?;
        tx.commit().await?;
        let keyring = keys::keep(settings, &db).await?;
        let clock = Arc::new(SystemClock);
        let concierge = Concierge::new(db.clone(), clock, embedder(settings)?, None);
        Ok(Self {
            concierge: concierge.with_models(ModelDesk::new(keyring, reach(settings))),
            db,
            tenant,
            property,
            candidate: options.candidate(),
        })
    }

    async fn conversations(
        &self,
        options: &RehearseOptions,
    ) -> anyhow::Result<Vec<ConversationId>> {
        if let Some(id) = options.conversation {
            return Ok(vec![id]);
        }
        let most = options.last.map_or(usize::MAX, |last| {
            usize::try_from(last).unwrap_or(usize::MAX)
        });
        let mut found: Vec<ConversationId> = Vec::new();
        let mut tx = self.db.tenant(self.tenant).await?;
        loop {
            let more = begun_before(&mut tx, found.last().copied(), AT_ONCE).await?;
            if more.is_empty() || found.len() >= most {
                break;
            }
            found.extend(more);
        }
        tx.commit().await?;
        found.truncate(most);
        Ok(found)
    }

    async fn play(&self, conversations: &[ConversationId]) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        let bar = progress::bar(conversations.len().try_into()?, "Rehearsing");
        for id in conversations {
            self.play_one(*id, &mut outcome, &bar).await?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(outcome)
    }

    async fn play_one(
        &self,
        id: ConversationId,
        outcome: &mut Outcome,
        bar: &ProgressBar,
    ) -> anyhow::Result<()> {
        let mut tx = self.db.tenant(self.tenant).await?;
        let past = past_turns(&mut tx, id).await?;
        tx.commit().await?;
        for turn in past {
            bar.set_message(format!("{} turns", outcome.turns()));
            let turn = match turn {
                Ok(turn) => turn,
                Err(why) => {
                    outcome.pass_over(why);
                    continue;
                }
            };
            let rehearsing =
                self.concierge
                    .rehearse(self.tenant, &self.property, &turn, &self.candidate);
            let tried = match rehearsing.await {
                Ok(tried) => tried,
                Err(RehearsalError::NoModel) => return Err(RehearsalError::NoModel.into()),
                Err(RehearsalError::Budget) => {
                    outcome.out_of_budget();
                    continue;
                }
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, conversation = %id, "a turn could not be rehearsed");
                    outcome.broke();
                    continue;
                }
            };
            match silent_score(&self.candidate, &turn, &tried) {
                Some((score, comparison)) => {
                    outcome.add(Told::of(&turn, &tried, score, comparison));
                }
                None => outcome.out_of_budget(),
            }
        }
        Ok(())
    }
}
