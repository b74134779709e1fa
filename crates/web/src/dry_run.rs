use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{FieldErrors, Input, Problem, ValidQuery};

/// Whether a write is only tried: `?dry_run=true`. It then answers what it would have done, and nothing is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DryRun(pub bool);

/// The same as it arrives, and as the OpenAPI document shows it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DryRunParams {
    /// `true` answers the full effect and keeps nothing.
    #[serde(default)]
    dry_run: Option<bool>,
}

impl Input for DryRun {
    type Raw = DryRunParams;

    fn parse(raw: DryRunParams) -> Result<Self, FieldErrors> {
        Ok(Self(raw.dry_run.unwrap_or(false)))
    }
}

impl FromRequest for DryRun {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let read = ValidQuery::<Self>::from_request(request, payload).into_inner();
        ready(read.map(|ValidQuery(dry_run)| dry_run))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use actix_web::test::TestRequest;

    use super::*;

    fn read(query: &str) -> Result<bool, Problem> {
        let request = TestRequest::with_uri(&format!("/bookings{query}")).to_http_request();
        DryRun::from_request(&request, &mut Payload::None)
            .into_inner()
            .map(|DryRun(dry)| dry)
    }

    #[test]
    fn only_true_is_dry_and_a_slip_is_refused_rather_than_run() {
        assert!(read("?dry_run=true").unwrap());
        assert!(!read("?dry_run=false").unwrap());
        assert!(!read("?limit=3").unwrap());
        for slip in ["?dry_run=yes", "?dry_run=1", "?dry_run=", "?dry_run=TRUE"] {
            assert_eq!(read(slip).unwrap_err().status.as_u16(), 422, "{slip}");
        }
    }
}
