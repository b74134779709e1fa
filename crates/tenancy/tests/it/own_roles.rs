//! Roles that a business makes for itself.

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service};
use motel_kernel::PersonName;
use motel_tenancy::commands::create_staff;
use motel_tenancy::roles::{change_role, held_role, make_role, own_roles, remove_role};
use motel_tenancy::team::{
    MemberChange, NewMember, TeamRefusal, accept_invitation, change_member, look_at_invitation,
};
use motel_tenancy::{
    NewRole, NewStaff, OwnRole, Permission, Role, RoleId, RoleRef, Staff, TenancyError,
};
use serde_json::{Value, json};

use crate::crew::{Crew, PASSWORD, token_in};
use crate::front::{Front, Seen, app};

fn role(name: &str, permissions: &[Permission]) -> NewRole {
    NewRole {
        name: name.to_owned(),
        purpose: "Looks after the house at night.".to_owned(),
        permissions: permissions.iter().copied().collect(),
    }
}

const PORTER: &[Permission] = &[Permission::ReadRooms, Permission::ReadReservations];

async fn make(crew: &Crew, by: &Staff, new: &NewRole) -> Result<OwnRole, TenancyError> {
    let mut tx = crew.db.db().tenant(by.tenant_id).await.unwrap();
    let made = make_role(&mut tx, by.id, new, crew.now()).await?;
    tx.commit().await.unwrap();
    Ok(made)
}

async fn change(
    crew: &Crew,
    by: &Staff,
    (id, version): (RoleId, i32),
    new: &NewRole,
) -> Result<OwnRole, TenancyError> {
    let mut tx = crew.db.db().tenant(by.tenant_id).await.unwrap();
    let changed = change_role(&mut tx, by.id, id, version, new).await?;
    tx.commit().await.unwrap();
    Ok(changed)
}

async fn remove(
    crew: &Crew,
    by: &Staff,
    id: RoleId,
    successor: Option<RoleRef>,
) -> Result<(), TenancyError> {
    let mut tx = crew.db.db().tenant(by.tenant_id).await.unwrap();
    remove_role(&mut tx, by.id, id, successor, crew.now()).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn give(crew: &Crew, by: &Staff, to: &Staff, role: RoleRef) -> Result<Staff, TenancyError> {
    let mut tx = crew.db.db().tenant(by.tenant_id).await.unwrap();
    let change = MemberChange::Role(role);
    let member = change_member(&mut tx, by.id, to.id, change, crew.now()).await?;
    tx.commit().await.unwrap();
    Ok(member)
}

fn code<T: std::fmt::Debug>(result: Result<T, TenancyError>) -> &'static str {
    result.unwrap_err().code()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_makes_or_changes_a_role_above_what_they_lead() {
    let crew = Crew::open().await;
    let manager = crew.take_in("max@motel.example", Role::Manager).await;
    let clerk = crew.take_in("cleo@motel.example", Role::FrontDesk).await;
    let owner = crew.owner.clone();
    let porter = make(&crew, &manager, &role("Porter", PORTER))
        .await
        .unwrap();
    assert_eq!(porter.version, 1);

    let above = [Permission::ReadRooms, Permission::WriteApiKeys];
    assert_eq!(
        code(make(&crew, &manager, &role("Spy", &above)).await),
        "beyond_role"
    );
    let equal: Vec<_> = Role::Manager.permissions().iter().collect();
    assert_eq!(
        code(make(&crew, &manager, &role("Twin", &equal)).await),
        "beyond_role"
    );
    assert_eq!(
        code(make(&crew, &clerk, &role("Spy", PORTER)).await),
        "beyond_role"
    );

    // What an owner made and a manager does not lead, a manager does not touch, in whichever direction.
    let keys = make(&crew, &owner, &role("Keys", &above)).await.unwrap();
    let at = (keys.id, 1);
    assert_eq!(
        code(change(&crew, &manager, at, &role("Keys", PORTER)).await),
        "beyond_role"
    );
    assert_eq!(
        code(remove(&crew, &manager, keys.id, None).await),
        "beyond_role"
    );
    let at = (porter.id, 1);
    assert_eq!(
        code(change(&crew, &manager, at, &role("Porter", &above)).await),
        "beyond_role"
    );
    assert_eq!(
        code(give(&crew, &manager, &clerk, RoleRef::Own(keys.id)).await),
        "beyond_role"
    );

    // Who has a role that looks after the team does not change it: it is their own.
    let lead = [Permission::ReadRooms, Permission::WriteTeam];
    let lead = make(&crew, &owner, &role("Lead", &lead)).await.unwrap();
    give(&crew, &owner, &clerk, RoleRef::Own(lead.id))
        .await
        .unwrap();
    let more = role(
        "Lead",
        &[
            Permission::ReadRooms,
            Permission::WriteTeam,
            Permission::ReadTeam,
        ],
    );
    assert_eq!(
        code(change(&crew, &clerk, (lead.id, 1), &more).await),
        "beyond_role"
    );
    let rooms = [Permission::ReadRooms];
    make(&crew, &clerk, &role("Maid", &rooms)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_of_the_version_that_was_read_and_names_are_one_each() {
    let crew = Crew::open().await;
    let owner = crew.owner.clone();
    let porter = make(&crew, &owner, &role("Porter", PORTER)).await.unwrap();
    assert_eq!(
        code(make(&crew, &owner, &role("PORTER", PORTER)).await),
        "role_name_taken"
    );
    let more = role("Night porter", &[Permission::ReadRooms]);
    let changed = change(&crew, &owner, (porter.id, 1), &more).await.unwrap();
    assert_eq!(
        (changed.version, changed.name.as_str()),
        (2, "Night porter")
    );
    assert_eq!(
        code(change(&crew, &owner, (porter.id, 1), &more).await),
        "version_mismatch"
    );
    make(&crew, &owner, &role("Porter", PORTER)).await.unwrap();
    let taken = role("porter", PORTER);
    assert_eq!(
        code(change(&crew, &owner, (porter.id, 2), &taken).await),
        "role_name_taken"
    );

    // Another business has neither the role nor its name.
    let mut tx = crew.db.db().tenant(crew.other.tenant).await.unwrap();
    assert_eq!(own_roles(&mut tx).await.unwrap(), []);
    let theirs = held_role(&mut tx, RoleRef::Own(porter.id)).await;
    assert!(matches!(theirs, Err(TenancyError::NotFound("role"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_in_use_goes_only_when_it_is_said_who_gets_what() {
    let crew = Crew::open().await;
    let owner = crew.owner.clone();
    let porter = make(&crew, &owner, &role("Porter", PORTER)).await.unwrap();
    let own = RoleRef::Own(porter.id);
    let clerk = crew.take_in("cleo@motel.example", Role::FrontDesk).await;
    give(&crew, &owner, &clerk, own).await.unwrap();
    crew.invite(owner.id, "mia@motel.example", own)
        .await
        .unwrap();
    let token = token_in(&crew.post().await[0]);
    let look = look_at_invitation(crew.db.db(), &token, crew.now());
    assert_eq!(look.await.unwrap().unwrap().role.title, "Porter");

    assert_eq!(
        code(remove(&crew, &owner, porter.id, None).await),
        "role_in_use"
    );
    let nobody = Some(RoleRef::Own(
        "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
    ));
    assert_eq!(
        code(remove(&crew, &owner, porter.id, nobody).await),
        "not_found"
    );
    // Nobody becomes an owner by the way.
    let owners = remove(&crew, &owner, porter.id, Some(Role::Owner.into())).await;
    assert_eq!(code(owners), "beyond_role");
    // Itself is no other one.
    assert_eq!(
        code(remove(&crew, &owner, porter.id, Some(own)).await),
        "role_in_use"
    );
    remove(&crew, &owner, porter.id, Some(Role::Housekeeping.into()))
        .await
        .unwrap();
    assert_eq!(
        code(remove(&crew, &owner, porter.id, None).await),
        "not_found"
    );
    assert_eq!(code(give(&crew, &owner, &clerk, own).await), "not_found");

    let new = NewMember {
        name: PersonName::parse("Mia Lund").unwrap(),
        password: PASSWORD.into(),
    };
    let mia = accept_invitation(crew.db.db(), &token, &new, crew.now())
        .await
        .unwrap();
    assert_eq!(mia.role, Role::Housekeeping);
    let left = "SELECT count(*) FROM tenancy.staff WHERE role = 'housekeeping' AND role_id IS NULL";
    assert_eq!(crew.count(left).await, 2);
    // Its name is free again.
    make(&crew, &owner, &role("Porter", PORTER)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_giving_a_role_and_removing_it_at_once_one_wins() {
    let crew = Crew::open().await;
    let owner = crew.owner.clone();
    let clerk = crew.take_in("cleo@motel.example", Role::FrontDesk).await;
    for number in 0..5 {
        let name = format!("Porter {number}");
        let porter = make(&crew, &owner, &role(&name, PORTER)).await.unwrap();
        let own = RoleRef::Own(porter.id);
        give(&crew, &owner, &clerk, Role::FrontDesk.into())
            .await
            .unwrap();
        let email = format!("new-{number}@motel.example");
        let (given, asked, removed) = tokio::join!(
            give(&crew, &owner, &clerk, own),
            crew.invite(owner.id, &email, own),
            remove(&crew, &owner, porter.id, None)
        );
        match removed {
            Ok(()) => assert_eq!((code(given), code(asked)), ("not_found", "not_found")),
            Err(error) => {
                assert_eq!(error.code(), "role_in_use");
                assert!(given.is_ok() || asked.is_ok());
            }
        }
        let stranded = "SELECT count(*) FROM tenancy.roles r JOIN tenancy.staff s ON s.role_id = r.id WHERE r.archived_at IS NOT NULL";
        assert_eq!(crew.count(stranded).await, 0);
    }
}

/// The last owner stays one, whatever role they would get instead.
#[tokio::test(flavor = "multi_thread")]
async fn an_own_role_makes_nobody_an_owner() {
    let crew = Crew::open().await;
    let owner = crew.owner.clone();
    let everything: Vec<_> = Permission::ALL.to_vec();
    let all = make(&crew, &owner, &role("Everything", &everything))
        .await
        .unwrap();
    let own = RoleRef::Own(all.id);
    let refused = give(&crew, &owner, &owner, own).await;
    assert!(matches!(
        refused,
        Err(TenancyError::Team(TeamRefusal::LastOwner))
    ));
    let heir = crew.take_in("hera@motel.example", Role::Manager).await;
    let heir = give(&crew, &owner, &heir, own).await.unwrap();
    assert_eq!(
        code(give(&crew, &heir, &owner, Role::FrontDesk.into()).await),
        "beyond_role"
    );
    assert_eq!(
        code(give(&crew, &heir, &heir, Role::Owner.into()).await),
        "beyond_role"
    );
}

macro_rules! call {
    ($app:expr, $request:expr) => {
        Seen::of(call_service(&$app, $request.to_request()).await).await
    };
}

#[actix_web::test]
async fn a_role_is_made_changed_and_removed_and_its_holders_feel_it_at_once() {
    let front = Front::open().await;
    let app = app!(front);
    let credentials = |email: &str| {
        TestRequest::post()
            .uri("/api/v1/session")
            .set_json(json!({ "email": email, "password": "battery horse staple" }))
    };
    let rosa = call!(app, credentials("rosa@motel.example"));
    let rosa = rosa
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let send = |request: TestRequest, body: Value| {
        request
            .insert_header(("cookie", rosa.clone()))
            .set_json(body)
    };
    let porter = json!({ "name": "Porter", "permissions": ["team:read"] });
    let made = call!(
        app,
        send(TestRequest::post().uri("/api/v1/roles"), porter.clone())
    );
    assert_eq!(
        (made.status, made.header("etag")),
        (StatusCode::CREATED, Some("\"1\"")),
        "{}",
        made.text
    );
    let id = made.json()["role"].as_str().unwrap().to_owned();
    let again = call!(app, send(TestRequest::post().uri("/api/v1/roles"), porter));
    assert_eq!(again.code(), "role_name_taken");
    let key = TestRequest::post().uri("/api/v1/roles");
    let key = key.insert_header(("authorization", format!("Bearer {}", front.key)));
    let key = call!(
        app,
        key.set_json(json!({ "name": "Own", "permissions": ["team:read"] }))
    );
    assert_eq!(key.code(), "staff_only");

    let member = second_member(&front).await;
    let path = format!("/api/v1/team/{}", member.id);
    let given = call!(
        app,
        send(TestRequest::patch().uri(&path), json!({ "role": id }))
    );
    assert_eq!(given.json()["role"], id, "{}", given.text);
    let theirs = call!(app, credentials("cleo@motel.example"));
    assert_eq!(theirs.json()["permissions"], json!(["team:read"]));
    let cookie = theirs
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let tokens = TestRequest::post().uri("/api/v1/session/tokens");
    let tokens = call!(
        app,
        tokens
            .set_json(json!({ "email": "cleo@motel.example", "password": "battery horse staple" }))
    );
    let bearer = format!("Bearer {}", tokens.json()["access_token"].as_str().unwrap());
    let by_cookie = || {
        TestRequest::get()
            .uri("/api/v1/team")
            .insert_header(("cookie", cookie.clone()))
    };
    let by_token = || {
        TestRequest::get()
            .uri("/api/v1/team")
            .insert_header(("authorization", bearer.clone()))
    };
    assert_eq!(call!(app, by_cookie()).status, StatusCode::OK);
    assert_eq!(call!(app, by_token()).status, StatusCode::OK);

    let uri = format!("/api/v1/roles/{id}");
    let less = json!({ "name": "Porter", "permissions": ["rooms:read"] });
    let blind = call!(app, send(TestRequest::put().uri(&uri), less.clone()));
    assert_eq!(blind.code(), "if_match_required");
    let put = || {
        TestRequest::put()
            .uri(&uri)
            .insert_header(("if-match", "\"1\""))
    };
    let changed = call!(app, send(put(), less.clone()));
    assert_eq!(
        (changed.status, changed.header("etag")),
        (StatusCode::OK, Some("\"2\""))
    );
    assert_eq!(call!(app, send(put(), less)).code(), "version_mismatch");
    assert_eq!(call!(app, by_cookie()).code(), "forbidden");
    assert_eq!(call!(app, by_token()).code(), "forbidden");

    let listed = TestRequest::get()
        .uri("/api/v1/roles")
        .insert_header(("cookie", cookie.clone()));
    let listed = call!(app, listed).json();
    assert_eq!(listed["roles"][4]["title"], "Porter");
    assert_eq!(listed["roles"][4]["permissions"], json!(["rooms:read"]));
    assert_eq!(listed["roles"][0]["version"], Value::Null);

    let delete = |uri: &str| {
        TestRequest::delete()
            .uri(uri)
            .insert_header(("cookie", rosa.clone()))
    };
    assert_eq!(call!(app, delete(&uri)).code(), "role_in_use");
    let wrong = call!(app, delete(&format!("{uri}?successor=king")));
    assert_eq!(wrong.json()["errors"][0]["field"], "successor");
    let gone = call!(app, delete(&format!("{uri}?successor=manager")));
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text);
    assert_eq!(call!(app, by_cookie()).status, StatusCode::OK);
    assert_eq!(call!(app, delete(&uri)).status, StatusCode::NOT_FOUND);
}

async fn second_member(front: &Front) -> Staff {
    let new = NewStaff {
        email: "cleo@motel.example".parse().unwrap(),
        password: "battery horse staple".into(),
        display_name: "Cleo".to_owned(),
        role: Role::FrontDesk,
    };
    let mut tx = front.db.db().tenant(front.demo.tenant).await.unwrap();
    let member = create_staff(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    member
}
