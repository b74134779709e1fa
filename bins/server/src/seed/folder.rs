//! What a business's folder says.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use chrono::Weekday;
use motel_appointments::{ServiceDetails, StationDetails};
use motel_inventory::{UnitDetails, UnitGroupDetails};
use motel_kernel::Email;
use motel_tenancy::{Role, TenantSettings};
use secrecy::SecretString;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A folder, read and understood.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) tenant: TenantSettings,
    /// Only when the demo was asked for.
    pub(super) demo_staff: Option<DemoStaff>,
    pub(super) groups: Vec<GroupEntry>,
    pub(super) rates: Option<RatesFile>,
    pub(super) services: Option<ServicesFile>,
    pub(super) knowledge: Option<PathBuf>,
}

/// The demo's sign-in.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DemoStaff {
    pub(super) email: Email,
    pub(super) password: SecretString,
    pub(super) display_name: String,
    #[serde(default = "owner")]
    pub(super) role: Role,
}

fn owner() -> Role {
    Role::Owner
}

#[derive(Debug, Deserialize)]
struct StaffFile {
    demo_staff: Option<DemoStaff>,
}

#[derive(Debug, Deserialize)]
struct InventoryFile {
    unit_groups: Vec<GroupEntry>,
}

/// A room type and its rooms.
#[derive(Debug, Deserialize)]
pub(super) struct GroupEntry {
    code: String,
    name: String,
    sort: i16,
    sleeps: i16,
    max_adults: i16,
    pets_allowed: bool,
    beds: String,
    size_sqft: Option<i32>,
    description: String,
    amenities: Vec<String>,
    pub(super) units: Vec<UnitEntry>,
}

/// A room.
#[derive(Debug, Deserialize)]
pub(super) struct UnitEntry {
    number: String,
    floor: i16,
    #[serde(default)]
    accessible: bool,
    #[serde(default)]
    note: String,
}

/// Plans, prices and how far ahead the calendar is open.
#[derive(Debug, Deserialize)]
pub(super) struct RatesFile {
    pub(super) priced_days: u64,
    pub(super) open_days: u64,
    pub(super) minimum_nights: i32,
    pub(super) maximum_nights: i32,
    pub(super) plans: Vec<PlanEntry>,
    pub(super) prices: Vec<PriceEntry>,
}

/// A rate plan, with prices of its own or those of another one that stands before it, changed.
#[derive(Debug, Deserialize)]
pub(super) struct PlanEntry {
    pub(super) code: String,
    pub(super) name: String,
    /// What days of the week cost more than the price, in percent.
    #[serde(default)]
    pub(super) weekday_percent: HashMap<Weekday, i32>,
    pub(super) based_on: Option<String>,
    /// What it costs more than the plan it is based on, in percent; less below zero.
    pub(super) change_percent: Option<i32>,
    /// What is in the price besides the room.
    #[serde(default)]
    pub(super) inclusions: Vec<String>,
}

/// What a room type costs under a plan.
#[derive(Debug, Deserialize)]
pub(super) struct PriceEntry {
    pub(super) unit_group: String,
    pub(super) plan: String,
    pub(super) amount_minor: i64,
}

/// What is sold by the slot, and who does it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServicesFile {
    pub(super) services: Vec<ServiceDetails>,
    pub(super) stations: Vec<StationDetails>,
}

impl Folder {
    /// Reads a folder. The demo's sign-in is taken only `with_demo_staff`.
    pub(super) fn read(path: &Path, with_demo_staff: bool) -> anyhow::Result<Self> {
        ensure!(path.is_dir(), "{} is no folder", path.display());
        let inventory: Option<InventoryFile> = optional(&path.join("inventory.toml"))?;
        let knowledge = path.join("knowledge");
        Ok(Self {
            tenant: required(&path.join("tenant.toml"))?,
            demo_staff: required::<StaffFile>(&path.join("tenant.toml"))?
                .demo_staff
                .filter(|_| with_demo_staff),
            groups: inventory.map(|file| file.unit_groups).unwrap_or_default(),
            rates: optional(&path.join("rates.toml"))?,
            services: optional(&path.join("services.toml"))?,
            knowledge: knowledge.is_dir().then_some(knowledge),
            path: path.to_owned(),
        })
    }

    /// How many steps of progress it has: the tenant, each group, the rates, the services, the knowledge.
    pub(super) fn steps(&self) -> u64 {
        let groups = u64::try_from(self.groups.len()).unwrap_or(u64::MAX);
        let files = [
            self.rates.is_some(),
            self.services.is_some(),
            self.knowledge.is_some(),
        ];
        1 + groups + files.into_iter().map(u64::from).sum::<u64>()
    }
}

impl GroupEntry {
    pub(super) fn details(&self) -> UnitGroupDetails {
        UnitGroupDetails {
            code: self.code.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            max_guests: self.sleeps,
            max_adults: self.max_adults,
            pets_allowed: self.pets_allowed,
            beds: self.beds.clone(),
            size_sqft: self.size_sqft,
            amenities: self.amenities.clone(),
            sort: self.sort,
        }
    }
}

impl UnitEntry {
    pub(super) fn details(&self) -> UnitDetails {
        UnitDetails {
            number: self.number.clone(),
            floor: self.floor,
            accessible: self.accessible,
            note: self.note.clone(),
        }
    }
}

fn required<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("understanding {}", path.display()))
}

fn optional<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Option<T>> {
    if path.exists() {
        required(path).map(Some)
    } else {
        Ok(None)
    }
}
