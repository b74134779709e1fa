use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use motel_kernel::TenantId;
use motel_web::Problem;

use crate::{Directory, Property, Slug, TenantState};

/// The tenant a guest's request is for: the path segment `{tenant}`, or the default tenant where the path has none.
/// An unknown one is a 404 `unknown_tenant`, a suspended one a 503 `tenant_suspended`. Needs `web::Data<Directory>`.
#[derive(Debug, Clone)]
pub struct PublicTenant {
    /// Whose transaction to open.
    pub tenant: TenantId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its property.
    pub property: Property,
}

impl FromRequest for PublicTenant {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let directory = super::app_data::<Directory>(request);
        let named = request.match_info().get("tenant").map(Slug::parse);
        async move {
            let directory = directory?;
            let slug = match named {
                None => directory.default_slug().clone(),
                Some(slug) => slug.map_err(|_| unknown())?,
            };
            let place = directory.find(&slug).await?.ok_or_else(unknown)?;
            let (tenant, property) = &*place;
            if tenant.standing.state == TenantState::Suspended {
                return Err(not_now());
            }
            Ok(Self {
                tenant: tenant.id,
                slug,
                property: property.clone(),
            })
        }
        .boxed_local()
    }
}

fn unknown() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "unknown_tenant",
        "There is no business of that name here.",
    )
}

fn not_now() -> Problem {
    Problem::unavailable(
        "tenant_suspended",
        "This business is not available online right now. Please come back later.",
    )
}
