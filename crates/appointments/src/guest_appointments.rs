//! What appointments do when a guest is merged, exported or erased.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Jsonb;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_guests::{InTheWay, Keeper, KeeperFault, Person, StandIn};
use motel_kernel::{AppointmentId, GuestId, Phone};
use serde_json::{Value, json};

use crate::schema::appointments;
use crate::{Appointment, AppointmentStatus, queries};

/// Appointments follow a guest who is merged. A guest with an appointment to come is not erased; of one who is, appointments
/// forget who booked, where to come to and what was wished in their own words.
#[derive(Debug, Clone, Copy)]
pub struct GuestAppointments;

/// Whose guest somebody still has to know.
const EXPECTING: [AppointmentStatus; 2] = [AppointmentStatus::Held, AppointmentStatus::Booked];

#[async_trait]
impl Keeper for GuestAppointments {
    fn name(&self) -> &'static str {
        "appointments"
    }

    async fn in_the_way(
        &self,
        tx: &mut TenantTx,
        person: &Person,
    ) -> Result<Option<InTheWay>, KeeperFault> {
        let expected: i64 = appointments::table
            .filter(appointments::tenant_id.eq(tx.tenant()))
            .filter(appointments::guest_id.eq_any(&person.ids))
            .filter(appointments::status.eq_any(EXPECTING))
            .count()
            .get_result(tx.conn())
            .await?;
        Ok((expected > 0).then(|| InTheWay {
            code: "guest_expected",
            reason: "This guest has an appointment to come".to_owned(),
        }))
    }

    async fn follow(
        &self,
        tx: &mut TenantTx,
        merged: GuestId,
        survivor: GuestId,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        diesel::update(appointments::table.filter(appointments::tenant_id.eq(tx.tenant())))
            .filter(appointments::guest_id.eq(merged))
            .set((
                appointments::guest_id.eq(survivor),
                appointments::version.eq(appointments::version + 1),
            ))
            .execute(tx.conn())
            .await?;
        Ok(())
    }

    async fn kept(&self, tx: &mut TenantTx, person: &Person) -> Result<Value, KeeperFault> {
        let ids: Vec<AppointmentId> = appointments::table
            .filter(appointments::tenant_id.eq(tx.tenant()))
            .filter(appointments::guest_id.eq_any(&person.ids))
            .order(appointments::id)
            .select(appointments::id)
            .load(tx.conn())
            .await?;
        let mut kept = Vec::new();
        for id in ids {
            kept.push(shown(&queries::find(tx, id).await?));
        }
        Ok(Value::Array(kept))
    }

    async fn forget(
        &self,
        tx: &mut TenantTx,
        person: &Person,
        stand_in: &StandIn,
        _: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        diesel::update(appointments::table.filter(appointments::tenant_id.eq(tx.tenant())))
            .filter(appointments::guest_id.eq_any(&person.ids))
            .set((
                appointments::booker_name.eq(&stand_in.name),
                appointments::booker_email.eq(&stand_in.email),
                appointments::booker_phone.eq(None::<Phone>),
                appointments::notes.eq(""),
                appointments::wishes.eq(sql::<Jsonb>("wishes - 'destination'")),
                appointments::version.eq(appointments::version + 1),
            ))
            .execute(tx.conn())
            .await?;
        Ok(())
    }
}

fn shown(appointment: &Appointment) -> Value {
    let (booker, total) = (&appointment.booker, appointment.price.total);
    json!({
        "id": appointment.id,
        "code": appointment.code,
        "status": appointment.status,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "name": booker.name,
        "email": booker.email,
        "phone": booker.phone,
        "wishes": appointment.wishes,
        "notes": appointment.notes,
        "total_minor": total.minor(),
        "currency": total.currency().code(),
        "created_at": appointment.created_at,
    })
}
