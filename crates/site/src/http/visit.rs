use actix_session::{Session, SessionExt};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{DateTime, NaiveDate, Utc};
use motel_db::{Db, TenantTx};
use motel_inventory::UnitGroup;
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_tenancy::{Directory, Flags};
use motel_web::Problem;
use std::future::Future;
use std::pin::Pin;

use crate::present;
use crate::view::Place;

/// A guest at the door: whose page they want. No transaction is open yet, as the form may still be on its way.
pub(super) struct Door {
    pub(super) request: HttpRequest,
    pub(super) tenant: PublicTenant,
    pub(super) session: Session,
    pub(super) now: DateTime<Utc>,
    db: web::Data<Db>,
    flags: Flags,
}

/// A guest inside: the tenant's transaction and what every page shows.
pub(super) struct Visit {
    pub(super) tx: TenantTx,
    pub(super) groups: Vec<UnitGroup>,
    pub(super) place: Place,
}

impl Door {
    pub(super) async fn open(&self) -> Result<Visit, Problem> {
        let mut tx = self
            .db
            .tenant(self.tenant.tenant)
            .await
            .map_err(Problem::internal)?;
        let groups = motel_inventory::queries::unit_groups(&mut tx, self.tenant.property.id)
            .await
            .map_err(Problem::internal)?;
        let has_rooms = !groups.is_empty();
        let place = present::place(&self.request, &self.tenant, has_rooms, self.flags);
        Ok(Visit { tx, groups, place })
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.now
            .with_timezone(&self.tenant.property.timezone)
            .date_naive()
    }
}

impl Visit {
    pub(super) fn group(&self, id: motel_kernel::UnitGroupId) -> Result<&UnitGroup, Problem> {
        self.groups
            .iter()
            .find(|group| group.id == id)
            .ok_or_else(|| Problem::not_found("room type"))
    }

    pub(super) async fn commit(self) -> Result<Place, Problem> {
        self.tx.commit().await.map_err(Problem::internal)?;
        Ok(self.place)
    }
}

impl FromRequest for Door {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let tenant = PublicTenant::extract(&request).await?;
            let clock = CurrentClock::extract(&request).await?;
            let db = web::Data::<Db>::extract(&request).await?;
            let directory = web::Data::<Directory>::extract(&request).await?;
            let flags = directory.flags_of(tenant.tenant).await;
            let flags = flags.map_err(Problem::from)?;
            Ok(Self {
                now: tenant.property.now(&*clock),
                tenant,
                session: request.get_session(),
                db,
                flags,
                request,
            })
        })
    }
}
