use motel_kernel::{Actor, TenantId};
use motel_tenancy::commands::{create_limited_api_key, create_staff, revoke_api_key};
use motel_tenancy::{Directory, KeyTerms, NewStaff, Permission, Role};
use reqwest::{Method, RequestBuilder};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::Seen;
use super::routes::Route;
use crate::answer::Answer;
use crate::desk::Desk;

const PASSWORD: &str = "a password for the doors";

/// Somebody at a door: what they bring to show who they are.
#[derive(Clone)]
pub(super) enum Visitor {
    Nobody,
    Cookie(String),
    Key(String),
}

impl Visitor {
    fn dress(&self, request: RequestBuilder) -> RequestBuilder {
        match self {
            Self::Nobody => request,
            Self::Cookie(cookie) => request.header("cookie", cookie),
            Self::Key(key) => request.bearer_auth(key),
        }
    }

    /// Calls a route with nothing in it that makes sense.
    pub(super) async fn knock(&self, desk: &Desk, route: &Route) -> Seen {
        self.call(desk, &route.method, &route.address(), &json!({}))
            .await
    }

    /// Reads a page, all of it.
    pub(super) async fn read(&self, desk: &Desk, path: &str) -> Answer {
        desk.send(self.dress(desk.request(Method::GET, path))).await
    }

    /// Sends a form.
    pub(super) async fn submit(&self, desk: &Desk, path: &str, fields: &[(&str, &str)]) -> Seen {
        let request = desk.request(Method::POST, path).form(fields);
        Seen::of(self.dress(request)).await
    }

    /// Calls an address; what would be written is only tried.
    pub(super) async fn call(&self, desk: &Desk, method: &str, path: &str, body: &Value) -> Seen {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let page = path.starts_with("/console");
        let request = match (page, method == Method::GET) {
            (_, true) => desk.request(method, path),
            (true, false) => desk.request(method, path).form(&[("version", "1")]),
            (false, false) => desk
                .request(method, path)
                .query(&[("dry_run", "true")])
                .json(body),
        };
        Seen::of(self.dress(request)).await
    }
}

impl Seen {
    /// What a request is answered.
    async fn of(request: RequestBuilder) -> Self {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let location = answer.headers().get("location");
        let location = location.map(|value| value.to_str().unwrap().to_owned());
        // Only refusals are read: the live feed never ends.
        let said: Value = match status {
            400.. => serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default(),
            _ => Value::Null,
        };
        let word = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
        Seen {
            status,
            location: location.unwrap_or_default(),
            code: word("code"),
            detail: word("detail"),
        }
    }
}

/// A tenant of the installation.
pub(super) async fn tenant(desk: &Desk, slug: &str) -> TenantId {
    let directory = Directory::new(desk.site.db.db().clone(), slug.parse().unwrap());
    let place = directory.find(directory.default_slug()).await.unwrap();
    place.unwrap().0.id
}

/// A program with a key for some things, or for all.
pub(super) async fn program(
    desk: &Desk,
    tenant: TenantId,
    permissions: Option<&[Permission]>,
) -> Visitor {
    let terms = KeyTerms {
        permissions: permissions.map(|some| some.iter().copied().collect()),
        expires_at: None,
    };
    let mut tx = desk.site.db.db().tenant(tenant).await.unwrap();
    let made = create_limited_api_key(&mut tx, "doors", terms, Actor::System).await;
    tx.commit().await.unwrap();
    Visitor::Key(made.unwrap().secret.expose_secret().to_owned())
}

/// A program whose key was revoked.
pub(super) async fn revoked(desk: &Desk, tenant: TenantId) -> Visitor {
    let mut tx = desk.site.db.db().tenant(tenant).await.unwrap();
    let made = create_limited_api_key(&mut tx, "lost", KeyTerms::default(), Actor::System).await;
    let made = made.unwrap();
    revoke_api_key(&mut tx, made.key.id).await.unwrap();
    tx.commit().await.unwrap();
    Visitor::Key(made.secret.expose_secret().to_owned())
}

/// A program whose key is over.
pub(super) async fn expired(desk: &Desk, tenant: TenantId) -> Visitor {
    let visitor = program(desk, tenant, None).await;
    let mut books = desk.site.books().await;
    books
        .execute(
            "UPDATE tenancy.api_keys SET created_at = now() - interval '2 hours', expires_at = now() - interval '1 second'
             WHERE id = (SELECT max(id::text)::uuid FROM tenancy.api_keys)",
        )
        .await;
    visitor
}

/// Somebody of that role, signed in.
pub(super) async fn member(desk: &Desk, tenant: TenantId, role: Role) -> Visitor {
    member_called(desk, tenant, &format!("{role}@doors.example"), role).await
}

/// The same, who signs in with that address.
pub(super) async fn member_called(
    desk: &Desk,
    tenant: TenantId,
    email: &str,
    role: Role,
) -> Visitor {
    let new = NewStaff {
        email: email.parse().unwrap(),
        password: PASSWORD.into(),
        display_name: role.title().to_owned(),
        role,
    };
    let mut tx = desk.site.db.db().tenant(tenant).await.unwrap();
    create_staff(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    let credentials = json!({ "email": email, "password": PASSWORD });
    let opened = desk.post("/api/v1/session", &credentials).await;
    assert_eq!(opened.status, 200, "{}", opened.text);
    let cookie = opened.header("set-cookie").split(';').next().unwrap();
    Visitor::Cookie(cookie.to_owned())
}

/// Somebody whose password was right and who has yet to show a code of their second factor.
pub(super) async fn half_admitted(desk: &Desk, tenant: TenantId) -> Visitor {
    member(desk, tenant, Role::Manager).await;
    let mut books = desk.site.books().await;
    books
        .execute("UPDATE tenancy.staff SET second_factor_at = now() WHERE email = 'manager@doors.example'")
        .await;
    let fields = [("email", "manager@doors.example"), ("password", PASSWORD)];
    let asked = desk.submit("/console/sign-in", &fields).await;
    assert_eq!(asked.header("location"), "/console/sign-in/code");
    let cookie = asked.header("set-cookie").split(';').next().unwrap();
    Visitor::Cookie(cookie.to_owned())
}

/// Somebody whose session was ended.
pub(super) async fn signed_out(desk: &Desk, tenant: TenantId) -> Visitor {
    let visitor = member(desk, tenant, Role::Owner).await;
    let out = Route::new("DELETE", "/api/v1/session");
    assert_eq!(visitor.knock(desk, &out).await.status, 204);
    visitor
}
