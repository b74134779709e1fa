use motel_web::{DryRunParams, IdempotencyKeyHeader, IfMatchHeader};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

/// What every write takes beside its body, for OpenAPI documents: `dry_run` and `Idempotency-Key`.
#[derive(Debug)]
pub struct WriteParams;

/// [`WriteParams`] and `If-Match`, for writes on something that has a version.
#[derive(Debug)]
pub struct VersionedWriteParams;

impl IntoParams for WriteParams {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut params = DryRunParams::into_params(&place);
        params.extend(IdempotencyKeyHeader::into_params(&place));
        params
    }
}

impl IntoParams for VersionedWriteParams {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut params = WriteParams::into_params(&place);
        params.extend(IfMatchHeader::into_params(&place));
        params
    }
}
