use diesel_async::SimpleAsyncConnection;
use motel_kernel::PropertyId;
use motel_tenancy::commands::create_staff;
use motel_tenancy::{NewStaff, Role, Staff};

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, PASSWORD, STRANGER};

const PORTER: &str = "porter@motel.example";

async fn take_in(motel: &Motel) -> Staff {
    let staff = NewStaff {
        email: PORTER.parse().unwrap(),
        password: PASSWORD.into(),
        display_name: "Pat".to_owned(),
        role: Role::FrontDesk,
    };
    let mut tx = motel.tx().await;
    let staff = create_staff(&mut tx, &staff).await.unwrap();
    tx.commit().await.unwrap();
    staff
}

async fn sql(motel: &Motel, sql: &str) {
    motel.test.admin().await.batch_execute(sql).await.unwrap();
}

/// The address of the one own role that a page links to.
fn role_in(html: &str) -> String {
    let link = "href=\"/console/roles/";
    let (_, rest) = html.split_once(link).unwrap();
    format!("/console/roles/{}", rest.split('"').next().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_copied_changed_given_and_removed() {
    let motel = Motel::open().await;
    let pat = take_in(&motel).await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get("/console/roles").await;
    assert!(seen.shows("You have made none yet") && seen.shows("Make a role"));
    let form = owner.get("/console/roles/new?from=housekeeping").await;
    assert!(
        form.shows(r#"name="rooms:read" value="yes" checked"#),
        "{}",
        form.html
    );
    assert!(form.shows(r#"name="folios:refund" value="yes">"#));

    let nothing = [("name", "Owner"), ("purpose", "")];
    let refused = owner.submit("/console/roles", &nothing).await;
    assert_eq!(refused.status, 422);
    assert!(refused.shows("is the name of a role of the program"));
    assert!(refused.shows("Tick at least one thing"));
    let porter = [
        ("name", "Porter"),
        ("purpose", "At night."),
        ("rooms:read", "yes"),
        ("team:read", "yes"),
    ];
    let made = owner.submit("/console/roles", &porter).await;
    assert_eq!(
        made.location, "/console/roles?news=role_made",
        "{}",
        made.html
    );
    let again = owner.submit("/console/roles", &porter).await;
    assert!(again.status == 422 && again.shows("Another of your roles has this name"));

    let seen = owner.get("/console/roles?news=role_made").await;
    assert!(seen.shows("Porter") && seen.shows("At night.") && seen.shows("The role is made"));
    let page = role_in(&seen.html);
    let given = format!("/console/team/members/{}/role", pat.id);
    let id = page.rsplit('/').next().unwrap();
    let set = owner.submit(&given, &[("role", id)]).await;
    assert_eq!(set.location, "/console/team?news=role_set");
    assert!(owner.get("/console/team").await.shows("Porter"));

    // Pat sees what the role permits, and what it is called.
    let mut clerk = Clerk::at_the_door(&motel).await;
    let entered = clerk.sign_in(PORTER, PASSWORD).await;
    assert_eq!(entered.location, "/console/sessions");
    assert_eq!(clerk.get("/console/team").await.status, 200);
    let table = clerk.get("/console/roles").await;
    assert!(table.shows("You are: Porter") && !table.shows("Make a role"));
    assert_eq!(clerk.get(&page).await.status, 403);

    let less = [
        ("version", "1"),
        ("name", "Porter"),
        ("purpose", ""),
        ("rooms:read", "yes"),
    ];
    let changed = owner.submit(&page, &less).await;
    assert_eq!(changed.location, "/console/roles?news=role_changed");
    assert_eq!(clerk.get("/console/team").await.status, 403);
    let late = owner.submit(&page, &less).await;
    assert!(
        late.status == 422 && late.shows("was changed in the meantime"),
        "{}",
        late.html
    );

    let remove = format!("{page}/remove");
    let in_use = owner.submit(&remove, &[("successor", "")]).await;
    assert!(in_use.location.ends_with("?news=role_in_use"));
    assert!(
        owner
            .get(&in_use.location)
            .await
            .shows("Choose which one they get")
    );
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert_eq!(stranger.get(&page).await.status, 404);
    assert_eq!(
        stranger
            .submit(&remove, &[("successor", "owner")])
            .await
            .status,
        404
    );
    let unknown = owner.submit(&remove, &[("successor", "king")]).await;
    assert_eq!(unknown.status, 422);
    let gone = owner.submit(&remove, &[("successor", "front_desk")]).await;
    assert_eq!(gone.location, "/console/roles?news=role_removed");
    assert_eq!(owner.get(&page).await.status, 404);
    assert_eq!(clerk.get("/console").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_sees_no_more_than_they_can_put_in() {
    let motel = Motel::open().await;
    sql(&motel, "UPDATE tenancy.staff SET role = 'manager'").await;
    let mut manager = Clerk::signed_in(&motel, CLERK).await;
    let form = manager.get("/console/roles/new?from=owner").await;
    assert!(form.shows("rates:write") && !form.shows("api-keys:write"));
    let above = [("name", "Spy"), ("purpose", ""), ("api-keys:write", "yes")];
    let refused = manager.submit("/console/roles", &above).await;
    assert!(refused.status == 422 && refused.shows("Your role does not allow this"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_limited_to_a_property_and_told_so() {
    let motel = Motel::open().await;
    let pat = take_in(&motel).await;
    let (tenant, barn) = (motel.demo.tenant, PropertyId::new());
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    assert!(
        !owner
            .get("/console/team")
            .await
            .shows("Works for the whole business")
    );
    let open = format!(
        r#"INSERT INTO tenancy.properties SELECT (jsonb_populate_record(p, '{{"id": "{barn}", "code": "BARN", "name": "The barn"}}')).*
           FROM tenancy.properties p WHERE tenant_id = '{tenant}'"#
    );
    sql(&motel, &open).await;
    let seen = owner.get("/console/team").await;
    assert!(seen.shows("Works for the whole business") && seen.shows("The barn"));

    let action = format!("/console/team/members/{}/properties", pat.id);
    let none = owner.submit(&action, &[]).await;
    assert_eq!(none.location, "/console/team?news=no_property");
    let ticked = format!("property-{barn}");
    let limited = owner.submit(&action, &[(ticked.as_str(), "yes")]).await;
    assert_eq!(limited.location, "/console/team?news=limited");
    assert!(
        owner
            .get("/console/team")
            .await
            .shows("Works for some properties")
    );

    let mut clerk = Clerk::at_the_door(&motel).await;
    let entered = clerk.sign_in(PORTER, PASSWORD).await;
    assert_eq!(entered.location, "/console/sessions");
    let own = clerk.get("/console/sessions").await;
    assert!(own.status == 200 && own.shows("The barn") && !own.shows("Payment events"));
    let refused = clerk.get("/console").await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.shows("You work for some properties only")
            && refused.shows("This is about the whole business"),
        "{}",
        refused.html
    );

    owner
        .submit(&action, &[("whole", "yes"), (ticked.as_str(), "yes")])
        .await;
    assert_eq!(clerk.get("/console").await.status, 200);
}
