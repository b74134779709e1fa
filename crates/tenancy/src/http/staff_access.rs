use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use motel_kernel::{Actor, TenantId};
use motel_web::Problem;

use super::session_of;
use crate::{Directory, Property, StaffSession};

/// Who calls a route of the staff interface, and for which property: somebody who is signed in, or a program with
/// `Authorization: Bearer rmk_…`. Where both are sent the key counts.
///
/// 401 `signed_out` for nobody, a wrong key and a revoked one alike. A tenant's first property is meant. Needs
/// `web::Data<Directory>` and the session middleware.
#[derive(Debug, Clone)]
pub struct StaffAccess {
    /// Whose transaction to open.
    pub tenant: TenantId,
    /// Their property.
    pub property: Property,
    /// Who it is, as changes are signed.
    pub actor: Actor,
}

/// What the request brought to show who it is from.
enum Credential {
    Key(String),
    Session(StaffSession),
}

impl StaffAccess {
    async fn admit(directory: Directory, credential: Credential) -> Result<Self, Problem> {
        let (tenant, actor) = match credential {
            Credential::Session(staff) => (staff.tenant, Actor::Staff(staff.staff_id)),
            Credential::Key(secret) => {
                let holder = directory.holder_of(&secret).await?;
                let (tenant, key) = holder.ok_or_else(Problem::signed_out)?;
                (tenant, Actor::ApiKey(key))
            }
        };
        let place = directory.find_by_id(tenant).await?;
        let place = place.ok_or_else(Problem::signed_out)?;
        Ok(Self {
            tenant,
            property: place.1.clone(),
            actor,
        })
    }
}

impl FromRequest for StaffAccess {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let directory = super::app_data::<Directory>(request);
        let request = request.clone();
        async move {
            let credential = credential(&request).await?;
            let credential = credential.ok_or_else(Problem::signed_out)?;
            Self::admit(directory?, credential).await
        }
        .boxed_local()
    }
}

async fn credential(request: &HttpRequest) -> Result<Option<Credential>, Problem> {
    match request.headers().get(AUTHORIZATION) {
        Some(header) => Ok(header.to_str().ok().and_then(key)),
        None => Ok(session_of(request).await?.map(Credential::Session)),
    }
}

fn key(header: &str) -> Option<Credential> {
    let (scheme, secret) = header.split_once(' ')?;
    let bearer = scheme.eq_ignore_ascii_case("bearer");
    bearer.then(|| Credential::Key(secret.trim().to_owned()))
}
