use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{DateTime, NaiveDate, Utc};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::CurrentClock;
use motel_tenancy::{Property, StaffSession, TenantState, queries};
use motel_web::Problem;

use crate::present;
use crate::view::Head;

/// A member of the staff at work: their tenant's property and transaction.
pub(super) struct Office {
    pub(super) tx: TenantTx,
    pub(super) property: Property,
    pub(super) now: DateTime<Utc>,
    staff: StaffSession,
    suspended: Option<String>,
}

/// What opening the office takes.
pub(super) struct Key {
    db: web::Data<Db>,
    clock: CurrentClock,
}

impl Key {
    /// The moment by the clock, which links and waits go by.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) async fn open(&self, staff: &StaffSession) -> Result<Office, Problem> {
        let mut tx = self
            .db
            .tenant(staff.tenant)
            .await
            .map_err(Problem::internal)?;
        let property = queries::property_meant(&mut tx, &staff.reach).await?;
        let property = property.ok_or_else(|| Problem::not_found("property"))?;
        let suspended = suspended(&mut tx, staff).await?;
        Ok(Office {
            tx,
            now: property.now(&*self.clock),
            property,
            staff: staff.clone(),
            suspended,
        })
    }
}

/// Why the business is suspended, if it is. Those that are not pay no query for it.
async fn suspended(tx: &mut TenantTx, staff: &StaffSession) -> Result<Option<String>, Problem> {
    if staff.state == TenantState::Active {
        return Ok(None);
    }
    let tenant = queries::tenant(tx).await?;
    let reason = tenant.and_then(|tenant| tenant.standing.reason);
    Ok(reason.map(|reason| reason.as_str().to_owned()))
}

impl Office {
    pub(super) fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.property.timezone).date_naive()
    }

    pub(super) fn head(&self, live: bool) -> Head {
        Head {
            place: self.property.name.clone(),
            who: self.staff.display_name.clone(),
            role: self.staff.role.title.clone(),
            suspended: self.suspended.clone(),
            live,
            links: present::links(&self.staff),
        }
    }
}

impl FromRequest for Key {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let db = web::Data::<Db>::extract(&request).await?;
            let clock = CurrentClock::extract(&request).await?;
            Ok(Self { db, clock })
        })
    }
}
