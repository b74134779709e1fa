//! Questions to houses, asked of the real search.

use std::path::Path;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use indicatif::ProgressBar;
use motel_db::{Db, TenantTx};
use motel_eval::Figure;
use motel_eval::faq::{self, FaqFile, Found, House};
use motel_knowledge::commands::{put_document, remove_document};
use motel_knowledge::queries::{Order, ordered, search};
use motel_knowledge::{Contents, NewDocument, Origin};
use motel_llm::Embedder;
use motel_tenancy::TenantSettings;

use crate::ingest::embedder;
use crate::progress;
use crate::settings::Settings;

/// As many as the scores look at.
const LOOKED_AT: usize = 5;

/// A business that nobody ever sees: it is there only as long as the transaction.
const NOBODYS: &str = r#"
    slug = "measured-and-taken-back"
    name = "Nobody's"
    kind = "motel"
    [property]
    code = "EVAL01"
    name = "Nobody's"
    street = "1 Nowhere"
    city = "Nowhere"
    region = ""
    postal_code = ""
    country = "US"
    phone = "+15185550100"
    email = "nobody@example.com"
    timezone = "UTC"
    currency = "USD"
    check_in = "15:00"
    check_out = "11:00"
    [tax]
    name = "Tax"
    basis_points = 0
    included = true
"#;

/// What guests are shown, and what comes of other orders; what is written for the scorers is the first. Only guests are not shown what has
/// next to nothing to do with the question.
const ORDERS: [(Option<Order>, &str); 5] = [
    (None, ""),
    (Some(Order::Score), ", all that is scored"),
    (Some(Order::Fused), ", fused"),
    (Some(Order::Words), ", words alone"),
    (Some(Order::Vectors), ", vectors alone"),
];

/// Searches for every question among what its house says, and scores what was found. Nothing of it stays in the database.
pub(super) async fn measure(
    settings: &Settings,
    files: &[FaqFile],
    predictions: &Path,
) -> anyhow::Result<Vec<Figure>> {
    let db = Db::connect(&settings.database.url, 1)
        .await
        .context("connecting to the database, which searching for questions to houses takes")?;
    let embedder = embedder(settings)?;
    let mut tx = nobodys(&db).await?;
    let houses: usize = files.iter().map(|file| file.houses.len()).sum();
    let bar = progress::bar(houses.try_into().unwrap_or(u64::MAX), "Searching");
    let mut figures = Vec::new();
    for file in files {
        let found = search_all(&mut tx, embedder.as_ref(), &file.houses, &bar).await?;
        for ((_, how), found) in ORDERS.iter().zip(found).rev() {
            // The order that guests get is written last, over the others.
            let scored = faq::score(file, &found, predictions)?;
            figures.extend(scored.into_iter().map(|figure| Figure {
                set: format!("{}{how}", figure.set),
                ..figure
            }));
        }
    }
    bar.finish_and_clear();
    Ok(figures)
}

async fn nobodys(db: &Db) -> anyhow::Result<TenantTx> {
    let settings: TenantSettings = toml::from_str(NOBODYS)?;
    let mut across = db.platform("measure the search").await?;
    let made = motel_tenancy::commands::upsert_tenant_from_settings(&mut across, &settings).await?;
    if made.outcome != motel_tenancy::Outcome::Created {
        bail!("there is a business {}", settings.slug);
    }
    Ok(across.narrow_to(made.tenant.id).await?)
}

/// What is found for each question, in each order.
async fn search_all(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    houses: &[House],
    bar: &ProgressBar,
) -> anyhow::Result<[Found; ORDERS.len()]> {
    let mut found: [Found; ORDERS.len()] = Default::default();
    for house in houses {
        let mut documents = Vec::new();
        for entry in &house.entries {
            let new = NewDocument {
                source: &entry.id,
                origin: Origin::Answer,
                valid_until: None,
                contents: Contents::Answer {
                    question: &entry.title,
                    answer: &entry.body,
                },
            };
            documents.push(put_document(tx, embedder, &new).await?.document);
        }
        for asked in &house.asked {
            for ((order, _), found) in ORDERS.iter().zip(&mut found) {
                let ranked = ranked(tx, embedder, &asked.words, *order).await?;
                found.insert(asked.id.clone(), ranked);
            }
        }
        for document in documents {
            remove_document(tx, document).await?;
        }
        bar.inc(1);
    }
    Ok(found)
}

async fn ranked(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    question: &str,
    order: Option<Order>,
) -> anyhow::Result<Vec<String>> {
    let today = NaiveDate::default();
    let passages = match order {
        None => search(tx, embedder, today, question, LOOKED_AT).await?,
        Some(order) => ordered(tx, embedder, today, question, order).await?,
    };
    let mut sources: Vec<String> = Vec::new();
    for passage in passages {
        if !sources.contains(&passage.source) {
            sources.push(passage.source);
        }
    }
    sources.truncate(LOOKED_AT);
    Ok(sources)
}
