//! pgvector's `vector` for diesel. The `pgvector` crate has the traits behind a feature that drags libpq into the
//! workspace (docs/adr/0002).

use std::io::Write;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::SqlType;

/// How many numbers a stored vector has: `vector(512)` in the migration.
pub(crate) const DIMENSIONS: usize = 512;

/// The SQL type.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(postgres_type(name = "vector"))]
pub(crate) struct VectorSql;

/// A value of it.
#[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = VectorSql)]
pub(crate) struct Vector(pgvector::Vector);

impl From<Vec<f32>> for Vector {
    fn from(numbers: Vec<f32>) -> Self {
        Self(numbers.into())
    }
}

/// On the wire: number of dimensions and a reserved zero as 16-bit, then 32-bit floats, all big-endian.
impl ToSql<VectorSql, Pg> for Vector {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let numbers = self.0.as_slice();
        out.write_all(&u16::try_from(numbers.len())?.to_be_bytes())?;
        out.write_all(&0_u16.to_be_bytes())?;
        for number in numbers {
            out.write_all(&number.to_be_bytes())?;
        }
        Ok(IsNull::No)
    }
}

/// The same form, read.
impl FromSql<VectorSql, Pg> for Vector {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let numbers = value
            .as_bytes()
            .get(4..)
            .ok_or("a vector without its head")?;
        let (numbers, rest) = numbers.as_chunks::<4>();
        if !rest.is_empty() {
            return Err("a vector that ends within a number".into());
        }
        let numbers: Vec<f32> = numbers
            .iter()
            .map(|four| f32::from_be_bytes(*four))
            .collect();
        Ok(numbers.into())
    }
}
