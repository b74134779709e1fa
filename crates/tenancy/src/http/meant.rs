use actix_web::HttpRequest;
use motel_db::Db;
use motel_kernel::PropertyId;
use motel_web::Problem;

use crate::{Directory, Property, StaffSession, queries};

/// Something that belongs to one property.
pub trait OfProperty {
    /// Whose it is.
    fn property(&self) -> PropertyId;
}

/// The property that is meant where a request names none: the business's first, or the first that the member works for. `None` when there
/// is no such one, so that they reach nothing.
///
/// # Errors
/// An internal problem: the database failed.
pub async fn property_of(
    request: &HttpRequest,
    session: &StaffSession,
) -> Result<Option<Property>, Problem> {
    let directory: Directory = super::app_data(request)?;
    let place = directory.find_by_id(session.tenant).await?;
    let first = place.map(|place| place.1.clone());
    if first
        .as_ref()
        .is_none_or(|it| session.reach.includes(it.id))
    {
        return Ok(first);
    }
    let db: Db = super::app_data(request)?;
    let mut tx = db.tenant(session.tenant).await.map_err(Problem::internal)?;
    let property = queries::property_meant(&mut tx, &session.reach).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(property)
}
