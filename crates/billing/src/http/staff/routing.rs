use actix_web::{HttpResponse, put, web};
use motel_bookings::Booking;
use motel_db::{Db, TenantTx};
use motel_kernel::FolioId;
use motel_tenancy::http::{Answer, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::folios::booking_id;
use super::view::StaffFolioView;
use crate::{ChargeClass, commands, queries};

/// The folios of a booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoliosView {
    /// The guests' own first.
    folios: Vec<StaffFolioView>,
    /// Which charges go to which of them; the rest goes to the first that is open.
    routing: Vec<RouteView>,
}

/// Where charges of one class go from now on.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteView {
    /// `room`, `fee`, `tax` or `penalty`.
    #[schema(value_type = String)]
    charge: ChargeClass,
    /// To which folio.
    #[schema(value_type = Uuid)]
    folio_id: FolioId,
}

impl FoliosView {
    pub(super) async fn of(tx: &mut TenantTx, booking: &Booking) -> Result<Self, Problem> {
        let mut folios = Vec::new();
        for folio in queries::folios(tx, booking.id).await? {
            let account = queries::folio_account(tx, booking, &folio).await?;
            folios.push(StaffFolioView::new(booking, Some(folio), account));
        }
        let rules = queries::routing_rules(tx, booking.id).await?.into_iter();
        let routing = rules.map(|(charge, folio_id)| RouteView { charge, folio_id });
        Ok(Self {
            folios,
            routing: routing.collect(),
        })
    }
}

/// Where charges go, as it comes in: all of it, what is left out goes to the guests' folio.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = FolioRouting)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRouting {
    /// At most one for each class of charges.
    #[schema(max_items = 4)]
    rules: Vec<RawRoute>,
}

/// Where charges of one class go, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = FolioRoute)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRoute {
    /// `room`, `fee`, `tax` or `penalty`.
    #[schema(pattern = "^(room|fee|tax|penalty)$")]
    charge: String,
    /// A folio of this booking.
    #[schema(value_type = Uuid)]
    folio_id: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct RoutingInput(Vec<(ChargeClass, FolioId)>);

impl Input for RoutingInput {
    type Raw = RawRouting;

    fn parse(raw: RawRouting) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut rules: Vec<(ChargeClass, FolioId)> = Vec::new();
        for route in raw.rules.iter().take(ChargeClass::ALL.len() + 1) {
            let charge = errors.check("rules", route.charge.parse());
            let folio = errors.check("rules", route.folio_id.parse());
            if let Some((charge, folio)) = charge.zip(folio) {
                if rules.iter().any(|(known, _)| *known == charge) {
                    errors.push("rules", "name each class of charges once");
                }
                rules.push((charge, folio));
            }
        }
        errors.into_result()?;
        Ok(Self(rules))
    }
}

/// Says anew which charges of a booking that are posted from now on go to which of its folios. What stands is not moved.
#[utoipa::path(
    tag = "folios",
    operation_id = "put_folio_routing",
    params(("id" = Uuid, Path, description = "Which booking"), WriteParams),
    request_body = RawRouting,
    responses((status = 200, description = "The folios and where charges go", body = FoliosView))
)]
#[put("/bookings/{id}/folio-routing")]
pub(crate) async fn put(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(RoutingInput(rules)): ValidJson<RoutingInput>,
) -> Result<HttpResponse, Problem> {
    let id = booking_id(&path)?;
    let routing = async |tx: &mut TenantTx| {
        let booking = motel_bookings::queries::find(tx, id).await?;
        commands::put_routing(tx, &booking, &rules).await?;
        Ok(Answer::ok(FoliosView::of(tx, &booking).await?))
    };
    write.run(&db, &rules, routing).await
}
