//! Access tokens that open nothing, and one that opens what its key does.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use motel_kernel::{Actor, ApiKeyId, TenantId};
use motel_tenancy::commands::{create_api_key, revoke_api_key};
use motel_tenancy::tokens::{AccessTokens, Grant, Holder, Lifetime};
use motel_tenancy::{Permission, Permissions};
use secrecy::ExposeSecret;
use serde_json::json;

use super::people::{Visitor, tenant};
use super::routes::Route;
use crate::desk::{Desk, SESSION_KEY};

/// The installation's own, or that of another one with the same address.
fn tokens(desk: &Desk, secret: &str) -> AccessTokens {
    AccessTokens::new(&secret.into(), &desk.url, Lifetime::default())
}

async fn key(desk: &Desk, tenant: TenantId) -> ApiKeyId {
    let mut tx = desk.site.db.db().tenant(tenant).await.unwrap();
    let made = create_api_key(&mut tx, "tokens", Actor::System).await;
    tx.commit().await.unwrap();
    made.unwrap().key.id
}

fn signed(tokens: &AccessTokens, tenant: TenantId, key: ApiKeyId, at: DateTime<Utc>) -> String {
    let grant = Grant {
        tenant,
        holder: Holder::Key(key),
        permissions: Permissions::all(),
    };
    let token = tokens.issue(&grant, None, at).unwrap();
    token.word.expose_secret().to_owned()
}

pub(super) async fn unsigned(desk: &Desk, tenant: TenantId) -> Visitor {
    let ours = tokens(desk, SESSION_KEY);
    let good = signed(&ours, tenant, key(desk, tenant).await, Utc::now());
    let header = URL_SAFE_NO_PAD.encode(json!({ "alg": "none", "typ": "at+jwt" }).to_string());
    let claims = good.split('.').nth(1).unwrap();
    Visitor::Key(format!("{header}.{claims}."))
}

pub(super) async fn foreign(desk: &Desk, tenant: TenantId) -> Visitor {
    let theirs = tokens(
        desk,
        "a key of another installation, which is long enough as well",
    );
    let key = key(desk, tenant).await;
    Visitor::Key(signed(&theirs, tenant, key, Utc::now()))
}

pub(super) async fn expired(desk: &Desk, tenant: TenantId) -> Visitor {
    let ours = tokens(desk, SESSION_KEY);
    let before = Utc::now() - TimeDelta::minutes(16);
    Visitor::Key(signed(&ours, tenant, key(desk, tenant).await, before))
}

pub(super) async fn orphaned(desk: &Desk, tenant: TenantId) -> Visitor {
    let key = key(desk, tenant).await;
    let mut tx = desk.site.db.db().tenant(tenant).await.unwrap();
    revoke_api_key(&mut tx, key).await.unwrap();
    tx.commit().await.unwrap();
    let ours = tokens(desk, SESSION_KEY);
    Visitor::Key(signed(&ours, tenant, key, Utc::now()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_now_opens_what_its_scope_says_in_its_own_business_alone() {
    let desk = Desk::open().await;
    let (ours, theirs) = (
        tenant(&desk, "remotemotel").await,
        tenant(&desk, "harvest-table").await,
    );
    let (tokens, key) = (tokens(&desk, SESSION_KEY), key(&desk, ours).await);
    let units = Route::new("GET", "/api/v1/units");
    let full = Visitor::Key(signed(&tokens, ours, key, Utc::now()));
    assert_eq!(full.knock(&desk, &units).await.status, 200);
    // Signed by us, and yet: the other business has no such key.
    let moved = Visitor::Key(signed(&tokens, theirs, key, Utc::now()));
    assert_eq!(moved.knock(&desk, &units).await.status, 401);
    let narrow = Grant {
        tenant: ours,
        holder: Holder::Key(key),
        permissions: [Permission::ReadTeam].into_iter().collect(),
    };
    let narrow = tokens.issue(&narrow, None, Utc::now()).unwrap();
    let narrow = Visitor::Key(narrow.word.expose_secret().to_owned());
    assert_eq!(
        narrow.knock(&desk, &units).await.missing(),
        Some("rooms:read")
    );
}
