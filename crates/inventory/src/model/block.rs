use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{Insertable, Queryable, Selectable};
use motel_kernel::{Actor, BlockId, InvalidStay, PropertyId, StayDates, TenantId, UnitId};

use crate::schema::blocks;

motel_db::text_enum! {
    /// What a block means for the sale.
    pub enum BlockKind {
        /// Nobody can stay in the unit: it is not sold.
        OutOfOrder = "out_of_order",
        /// Something is amiss, and it is sold all the same.
        OutOfService = "out_of_service",
    }
}

/// Nights on which something is the matter with a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The id.
    pub id: BlockId,
    /// The property.
    pub property: PropertyId,
    /// The unit.
    pub unit: UnitId,
    /// Whether it takes the unit off sale.
    pub kind: BlockKind,
    /// The nights.
    pub dates: StayDates,
    /// Why, for colleagues; may be empty.
    pub reason: String,
    /// On whose word.
    pub created_by: Actor,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was taken back, if it was.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Grows with every change.
    pub version: i32,
}

/// A block to be made; what the fields mean stands at [`Block`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of Block")]
pub struct BlockDetails {
    pub unit: UnitId,
    pub kind: BlockKind,
    pub dates: StayDates,
    pub reason: String,
}

#[derive(Insertable)]
#[diesel(table_name = blocks)]
pub(crate) struct NewBlock<'a> {
    pub(crate) tenant_id: TenantId,
    pub(crate) id: BlockId,
    pub(crate) property_id: PropertyId,
    pub(crate) unit_id: UnitId,
    pub(crate) kind: BlockKind,
    pub(crate) first_night: NaiveDate,
    pub(crate) until: NaiveDate,
    pub(crate) reason: &'a str,
    pub(crate) created_by: Actor,
    pub(crate) created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = blocks, check_for_backend(diesel::pg::Pg))]
pub(crate) struct BlockRow {
    id: BlockId,
    property_id: PropertyId,
    unit_id: UnitId,
    kind: BlockKind,
    first_night: NaiveDate,
    until: NaiveDate,
    reason: String,
    created_by: Actor,
    created_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
    version: i32,
}

impl TryFrom<BlockRow> for Block {
    type Error = InvalidStay;

    fn try_from(row: BlockRow) -> Result<Self, InvalidStay> {
        Ok(Self {
            id: row.id,
            property: row.property_id,
            unit: row.unit_id,
            kind: row.kind,
            dates: StayDates::new(row.first_night, row.until)?,
            reason: row.reason,
            created_by: row.created_by,
            created_at: row.created_at,
            cancelled_at: row.cancelled_at,
            version: row.version,
        })
    }
}
