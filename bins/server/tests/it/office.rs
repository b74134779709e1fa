//! Staff of the demo motel, by a program with a key.

use motel_kernel::Actor;
use motel_tenancy::Directory;
use motel_tenancy::commands::create_api_key;
use remotemotel::settings::Settings;
use reqwest::{Method, RequestBuilder};
use secrecy::ExposeSecret;
use serde_json::Value;

use crate::answer::Answer;
use crate::desk::{Desk, Site};

/// An open front desk, and a key of its business.
pub(crate) struct Office {
    pub(crate) desk: Desk,
    key: String,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::of(Desk::with(change).await).await
    }

    pub(crate) async fn of(desk: Desk) -> Self {
        let key = key_of(&desk.site).await;
        Self { desk, key }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.desk
            .request(method, &format!("/api/v1{path}"))
            .bearer_auth(&self.key)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.desk.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.post_as(path, None, &body).await
    }

    /// Under an idempotency key, where one is given.
    pub(crate) async fn post_as(&self, path: &str, key: Option<&str>, body: &Value) -> Answer {
        let mut request = self.request(Method::POST, path).json(body);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        self.desk.send(request).await
    }

    /// On a version, where one is given.
    pub(crate) async fn patch(&self, path: &str, version: Option<&str>, body: &Value) -> Answer {
        self.change(Method::PATCH, path, version, body).await
    }

    /// On a version, where one is given.
    pub(crate) async fn put(&self, path: &str, version: Option<&str>, body: &Value) -> Answer {
        self.change(Method::PUT, path, version, body).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.desk.send(self.request(Method::DELETE, path)).await
    }

    async fn change(
        &self,
        method: Method,
        path: &str,
        version: Option<&str>,
        body: &Value,
    ) -> Answer {
        let mut request = self.request(method, path).json(body);
        if let Some(version) = version {
            request = request.header("If-Match", version);
        }
        self.desk.send(request).await
    }
}

/// A key by which a program acts for the demo motel.
pub(crate) async fn key_of(site: &Site) -> String {
    let db = site.db.db().clone();
    let place = Directory::new(db.clone(), "remotemotel".parse().unwrap());
    let place = place.find(place.default_slug()).await.unwrap().unwrap();
    let mut tx = db.tenant(place.0.id).await.unwrap();
    let made = create_api_key(&mut tx, "the office", Actor::System).await;
    tx.commit().await.unwrap();
    made.unwrap().secret.expose_secret().to_owned()
}
