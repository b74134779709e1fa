use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::ReservationId;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, Touches, WholeBusiness};
use motel_tenancy::{Property, may};
use motel_web::Problem;
use serde::Serialize;

use super::effect::EffectView;
use super::reservations::reservation_id;
use super::rooms::Rooms;
use crate::{BookingError, By, Effect, queries};

/// A change that somebody asks for of the reservation in the path: one request of the staff interface, its body aside.
/// `T` says what it touches beside that reservation.
pub(crate) struct Change<T = WholeBusiness> {
    write: StaffWrite<may::WriteReservations, T>,
    id: ReservationId,
    db: web::Data<Db>,
    now: DateTime<Utc>,
}

/// The same as a command wants it.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) property: &'a Property,
    pub(super) id: ReservationId,
    /// The version the caller has seen.
    pub(super) expected: Option<i32>,
    pub(super) by: &'a By,
    pub(super) now: DateTime<Utc>,
}

impl<T: Touches> Change<T> {
    /// Who works for some properties only changes nothing at another one.
    async fn check_theirs(&self, tx: &mut TenantTx) -> Result<(), Problem> {
        if self.write.reach.is_limited() {
            let stay = queries::reservation(tx, self.id).await?;
            self.write.theirs(stay, BookingError::NotFound)?;
        }
        Ok(())
    }

    /// Refuses to go on unless the caller says which version they have seen.
    pub(super) fn require_version(&self) -> Result<(), Problem> {
        self.write.require_version().map(|_| ())
    }

    /// Runs the command and shows its whole effect. `input` is the body.
    pub(super) async fn run<E>(
        &self,
        input: &impl Serialize,
        reason: Option<String>,
        command: impl AsyncFnOnce(&mut TenantTx, Asked<'_>) -> Result<Effect, E>,
    ) -> Result<HttpResponse, Problem>
    where
        Problem: From<E>,
    {
        self.answer(input, reason, async |tx: &mut TenantTx, it: Asked<'_>| {
            let effect = command(tx, it).await?;
            let version = effect.reservation.version;
            let rooms = Rooms::of(tx, it.property.id).await?;
            Ok(Answer::ok(EffectView::new(effect, &rooms)).version(version))
        })
        .await
    }

    /// The same for what is not shown as one effect.
    pub(super) async fn answer<V: Serialize>(
        &self,
        input: &impl Serialize,
        reason: Option<String>,
        work: impl AsyncFnOnce(&mut TenantTx, Asked<'_>) -> Result<Answer<V>, Problem>,
    ) -> Result<HttpResponse, Problem> {
        let by = By {
            actor: self.write.actor,
            reason,
        };
        let asked = Asked {
            property: &self.write.property,
            id: self.id,
            expected: self.write.if_match(),
            by: &by,
            now: self.now,
        };
        let work = async |tx: &mut TenantTx| {
            self.check_theirs(tx).await?;
            work(tx, asked).await
        };
        self.write.run(&self.db, input, work).await
    }
}

impl<T: Touches> FromRequest for Change<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let write = StaffWrite::<may::WriteReservations, T>::from_request(request, payload);
        let clock = CurrentClock::from_request(request, payload);
        let db = web::Data::<Db>::from_request(request, payload);
        let id = reservation_id(request.match_info().get("id").unwrap_or_default());
        Box::pin(async move {
            let write = write.await?;
            let clock = clock.await?;
            Ok(Self {
                now: write.property.now(&*clock),
                id: id?,
                db: db.await.map_err(|_| missing_database())?,
                write,
            })
        })
    }
}

fn missing_database() -> Problem {
    let fault = "the application was set up without a database";
    Problem::internal(std::io::Error::other(fault))
}
