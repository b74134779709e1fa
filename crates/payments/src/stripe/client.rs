use std::time::Duration;

use reqwest::{RequestBuilder, Response, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::GatewayError;

/// The version of Stripe's API whose shapes this crate reads.
const API_VERSION: &str = "2024-06-20";

/// Stripe's answers are a few KiB.
const LONGEST_ANSWER: usize = 512 * 1024;

/// A guest is waiting for the page.
const PATIENCE: Duration = Duration::from_secs(15);

pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    key: SecretString,
}

#[derive(Deserialize)]
struct Failure {
    error: FailureDetail,
}

#[derive(Deserialize)]
struct FailureDetail {
    #[serde(rename = "type")]
    kind: String,
    code: Option<String>,
    #[serde(default)]
    message: String,
}

impl Client {
    pub(super) fn new(base: &str, key: SecretString) -> Result<Self, GatewayError> {
        let base = Url::parse(base)
            .map_err(|_| GatewayError::Unreadable(format!("{base:?} is not a URL")))?;
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| GatewayError::Unreachable(Box::new(error)))?;
        Ok(Self { http, base, key })
    }

    pub(super) async fn post<A: DeserializeOwned>(
        &self,
        path: &str,
        idempotency_key: &str,
        form: &[(&str, String)],
    ) -> Result<A, GatewayError> {
        let url = self
            .base
            .join(path)
            .map_err(|error| GatewayError::Unreadable(error.to_string()))?;
        let request = self
            .http
            .post(url)
            .header("Idempotency-Key", idempotency_key)
            .form(form);
        self.answer(request).await
    }

    /// The parts of a path come from Stripe's own answers, and are escaped all the same.
    pub(super) async fn get<A: DeserializeOwned>(&self, path: &[&str]) -> Result<A, GatewayError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| GatewayError::Unreadable(format!("{} takes no path", self.base)))?
            .clear()
            .extend(path);
        self.answer(self.http.get(url)).await
    }

    async fn answer<A: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<A, GatewayError> {
        let response = request
            .bearer_auth(self.key.expose_secret())
            .header("Stripe-Version", API_VERSION)
            .send()
            .await
            .map_err(unreachable)?;
        let status = response.status();
        let body = bounded(response).await?;
        if status.is_success() {
            return serde_json::from_slice(&body)
                .map_err(|error| GatewayError::Unreadable(error.to_string()));
        }
        Err(refusal(status, &body))
    }
}

async fn bounded(mut response: Response) -> Result<Vec<u8>, GatewayError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(GatewayError::Unreadable("it is too long".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn unreachable(error: reqwest::Error) -> GatewayError {
    GatewayError::Unreachable(Box::new(error.without_url()))
}

/// 409 is "another request with this key is under way", 429 "too many requests": <https://docs.stripe.com/api/errors>.
fn refusal(status: StatusCode, body: &[u8]) -> GatewayError {
    let status_code = status.as_u16();
    if status.is_server_error() || matches!(status_code, 409 | 429) {
        return GatewayError::Busy {
            status: status_code,
        };
    }
    match serde_json::from_slice::<Failure>(body) {
        Ok(Failure { error }) => GatewayError::Refused {
            status: status_code,
            code: error.code.unwrap_or(error.kind),
            message: error.message,
        },
        Err(_) => GatewayError::Unreadable(format!("status {status_code} without an error object")),
    }
}
