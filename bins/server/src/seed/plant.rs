//! Writes one business, in one transaction.

use indicatif::ProgressBar;
use motel_db::{Db, TenantTx};
use motel_kernel::SystemClock;
use motel_llm::Embedder;
use motel_tenancy::{NewStaff, Outcome, Property};

use super::folder::{DemoStaff, Folder};
use super::planted::Planted;
use super::rooms::{plant_groups, plant_rates};
use super::slots::plant_slots;

/// Writes a folder's business; a failure leaves nothing of it.
pub(super) async fn plant(
    db: &Db,
    embedder: &dyn Embedder,
    folder: &Folder,
    bar: &ProgressBar,
) -> anyhow::Result<Planted> {
    let mut across = db.platform("seed a business").await?;
    let upserted =
        motel_tenancy::commands::upsert_tenant_from_settings(&mut across, &folder.tenant).await?;
    let mut tx = across.narrow_to(upserted.tenant.id).await?;
    let mut planted = Planted {
        settings: upserted.outcome != Outcome::Unchanged,
        ..Planted::default()
    };
    planted.sign_in = plant_staff(&mut tx, folder.demo_staff.as_ref()).await?;
    bar.inc(1);
    plant_rooms(&mut tx, &upserted.property, folder, &mut planted, bar).await?;
    if let Some(services) = &folder.services {
        plant_slots(&mut tx, &upserted.property, services, &mut planted).await?;
        bar.inc(1);
    }
    if let Some(documents) = &folder.knowledge {
        let summary =
            motel_knowledge::commands::ingest_folder(&mut tx, embedder, documents, |step| {
                bar.set_message(step.source.to_owned());
            });
        planted.knowledge = Some(summary.await?);
        bar.inc(1);
    }
    tx.commit().await?;
    Ok(planted)
}

async fn plant_rooms(
    tx: &mut TenantTx,
    property: &Property,
    folder: &Folder,
    planted: &mut Planted,
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let groups = plant_groups(tx, property, &folder.groups, planted, bar).await?;
    if let Some(rates) = &folder.rates {
        let today = property.today(&SystemClock);
        plant_rates(tx, property, &groups, rates, today, planted).await?;
        bar.inc(1);
    }
    Ok(())
}

async fn plant_staff(tx: &mut TenantTx, demo: Option<&DemoStaff>) -> anyhow::Result<bool> {
    let Some(demo) = demo else { return Ok(false) };
    let new = NewStaff {
        email: demo.email.clone(),
        password: demo.password.clone(),
        display_name: demo.display_name.clone(),
        role: demo.role,
    };
    let (_, outcome) = motel_tenancy::commands::ensure_staff(tx, &new).await?;
    Ok(outcome != Outcome::Unchanged)
}
