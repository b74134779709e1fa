//! Calling a gateway: how long it may take, how much it may answer, and what its refusals mean.

use std::time::Duration;

use reqwest::{Response, StatusCode, Url};

use crate::GatewayError;

/// Gateways' answers are a few KiB.
const LONGEST_ANSWER: usize = 512 * 1024;

/// A guest is waiting for the page.
const PATIENCE: Duration = Duration::from_secs(15);

/// What is sent to a gateway goes to that gateway and nowhere else: redirections are not followed.
pub(crate) fn client() -> Result<reqwest::Client, GatewayError> {
    reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| GatewayError::Unreachable(Box::new(error)))
}

pub(crate) fn base_url(base: &str) -> Result<Url, GatewayError> {
    Url::parse(base).map_err(|_| GatewayError::Unreadable(format!("{base:?} is not a URL")))
}

/// The parts of a path come from the gateway's own answers, and are escaped all the same.
pub(crate) fn address(base: &Url, path: &[&str]) -> Result<Url, GatewayError> {
    let mut url = base.clone();
    url.path_segments_mut()
        .map_err(|()| GatewayError::Unreadable(format!("{base} takes no path")))?
        .clear()
        .extend(path);
    Ok(url)
}

pub(crate) async fn bounded(mut response: Response) -> Result<Vec<u8>, GatewayError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(GatewayError::Unreadable("it is too long".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// An address may hold what is nobody's business, so it is not told.
pub(crate) fn unreachable(error: reqwest::Error) -> GatewayError {
    GatewayError::Unreachable(Box::new(error.without_url()))
}

/// 409 is "another request with this key is under way", 429 "too many requests".
pub(crate) fn is_busy(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status.as_u16(), 409 | 429)
}
