use reqwest::{RequestBuilder, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::GatewayError;
use crate::http::{address, base_url, bounded, client, is_busy, unreachable};

/// The version of Stripe's API whose shapes this crate reads.
const API_VERSION: &str = "2024-06-20";

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
        let (http, base) = (client()?, base_url(base)?);
        Ok(Self { http, base, key })
    }

    pub(super) async fn post<A: DeserializeOwned>(
        &self,
        path: &[&str],
        idempotency_key: &str,
        form: &[(&str, String)],
    ) -> Result<A, GatewayError> {
        let request = self
            .http
            .post(address(&self.base, path)?)
            .header("Idempotency-Key", idempotency_key)
            .form(form);
        self.answer(request).await
    }

    pub(super) async fn get<A: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<A, GatewayError> {
        let request = self.http.get(address(&self.base, path)?).query(query);
        self.answer(request).await
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

/// <https://docs.stripe.com/api/errors>
fn refusal(status: StatusCode, body: &[u8]) -> GatewayError {
    let is_busy = is_busy(status);
    let status = status.as_u16();
    if is_busy {
        return GatewayError::Busy { status };
    }
    match serde_json::from_slice::<Failure>(body) {
        Ok(Failure { error }) => GatewayError::Refused {
            status,
            code: error.code.unwrap_or(error.kind),
            message: error.message,
        },
        Err(_) => GatewayError::Unreadable(format!("status {status} without an error object")),
    }
}
