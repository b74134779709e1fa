use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::GatewayError;
use crate::http::{address, base_url, bounded, client, is_busy, unreachable};

/// A token is not used in its last minute: it could be over when the request arrives.
const SAFETY: Duration = Duration::from_secs(60);

/// Calls PayPal with a token that it keeps until it is over.
pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    id: String,
    secret: SecretString,
    token: Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    value: SecretString,
    until: Instant,
}

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    expires_in: u64,
}

/// A refusal: <https://developer.paypal.com/api/rest/responses/>; of a token, by RFC 6749.
#[derive(Deserialize)]
struct Failure {
    #[serde(alias = "error")]
    name: String,
    #[serde(alias = "error_description", default)]
    message: String,
    #[serde(default)]
    details: Vec<FailureDetail>,
}

#[derive(Deserialize)]
struct FailureDetail {
    issue: Option<String>,
    description: Option<String>,
}

impl Client {
    pub(super) fn new(base: &str, id: String, secret: SecretString) -> Result<Self, GatewayError> {
        Ok(Self {
            http: client()?,
            base: base_url(base)?,
            id,
            secret,
            token: Mutex::new(None),
        })
    }

    pub(super) async fn get<A: DeserializeOwned>(&self, path: &[&str]) -> Result<A, GatewayError> {
        let url = address(&self.base, path)?;
        self.answer(|| self.http.request(Method::GET, url.clone()))
            .await
    }

    /// `request_id` is PayPal's idempotency key.
    pub(super) async fn post<A: DeserializeOwned>(
        &self,
        path: &[&str],
        request_id: Option<&str>,
        body: &impl Serialize,
    ) -> Result<A, GatewayError> {
        let url = address(&self.base, path)?;
        self.answer(|| {
            let request = self
                .http
                .request(Method::POST, url.clone())
                .header("Prefer", "return=representation")
                .json(body);
            match request_id {
                Some(id) => request.header("PayPal-Request-Id", id),
                None => request,
            }
        })
        .await
    }

    /// A token that was withdrawn before its time is fetched anew, once.
    async fn answer<A: DeserializeOwned>(
        &self,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<A, GatewayError> {
        let token = self.token().await?;
        let (status, body) = send(request().bearer_auth(token.expose_secret())).await?;
        if status != StatusCode::UNAUTHORIZED {
            return read(status, &body);
        }
        self.forget(&token).await;
        let token = self.token().await?;
        let (status, body) = send(request().bearer_auth(token.expose_secret())).await?;
        read(status, &body)
    }

    /// Who comes while a token is fetched waits for it: one is enough.
    async fn token(&self) -> Result<SecretString, GatewayError> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| Instant::now() < token.until) {
            return Ok(token.value.clone());
        }
        let request = self
            .http
            .post(address(&self.base, &["v1", "oauth2", "token"])?)
            .basic_auth(&self.id, Some(self.secret.expose_secret()))
            .form(&[("grant_type", "client_credentials")]);
        let asked_at = Instant::now();
        let (status, body) = send(request).await?;
        let granted: Granted = read(status, &body)?;
        let lasts = Duration::from_secs(granted.expires_in).saturating_sub(SAFETY);
        *kept = Some(Token {
            value: granted.access_token.clone(),
            until: asked_at + lasts,
        });
        Ok(granted.access_token)
    }

    /// Only if nobody fetched another one meanwhile.
    async fn forget(&self, refused: &SecretString) {
        let mut kept = self.token.lock().await;
        let is_kept = |token: &Token| token.value.expose_secret() == refused.expose_secret();
        if kept.as_ref().is_some_and(is_kept) {
            *kept = None;
        }
    }
}

async fn send(request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), GatewayError> {
    let response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    Ok((status, bounded(response).await?))
}

fn read<A: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<A, GatewayError> {
    if status.is_success() {
        return serde_json::from_slice(body)
            .map_err(|error| GatewayError::Unreadable(error.to_string()));
    }
    let is_busy = is_busy(status);
    let status = status.as_u16();
    if is_busy {
        return Err(GatewayError::Busy { status });
    }
    let failure: Failure = serde_json::from_slice(body).map_err(|_| {
        GatewayError::Unreadable(format!("status {status} without an error object"))
    })?;
    let detail = failure.details.into_iter().next();
    let (issue, description) = detail.map_or((None, None), |it| (it.issue, it.description));
    Err(GatewayError::Refused {
        status,
        code: issue.unwrap_or(failure.name),
        message: description.unwrap_or(failure.message),
    })
}
