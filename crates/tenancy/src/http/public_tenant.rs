use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use motel_db::Acting;
use motel_kernel::{Actor, TenantId};
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
        let request = request.clone();
        async move {
            let (state, place) = find(&request).await?;
            match state {
                TenantState::Suspended => Err(not_now()),
                TenantState::Active | TenantState::Deleted => Ok(place),
            }
        }
        .boxed_local()
    }
}

/// The same for word of something that is under way and has to come to its end, such as a call: a suspended business takes it.
#[derive(Debug, Clone)]
pub struct UnderWay(pub PublicTenant);

impl FromRequest for UnderWay {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let (_, place) = find(&request).await?;
            Ok(Self(place))
        }
        .boxed_local()
    }
}

/// A deleted one is not found.
async fn find(request: &HttpRequest) -> Result<(TenantState, PublicTenant), Problem> {
    let directory: Directory = super::app_data(request)?;
    let slug = match request.match_info().get("tenant").map(Slug::parse) {
        None => directory.default_slug().clone(),
        Some(slug) => slug.map_err(|_| unknown())?,
    };
    let place = directory.find(&slug).await?.ok_or_else(unknown)?;
    let (tenant, property) = &*place;
    Acting::note(Actor::Guest);
    let found = PublicTenant {
        tenant: tenant.id,
        slug,
        property: property.clone(),
    };
    Ok((tenant.standing.state, found))
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
