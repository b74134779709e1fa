use diesel_async::SimpleAsyncConnection;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel};

async fn become_a(motel: &Motel, role: &str) {
    let sql = format!("UPDATE tenancy.staff SET role = '{role}'");
    motel.test.admin().await.batch_execute(&sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_shown_what_it_permits_and_told_what_it_does_not() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let page = format!("/console/bookings/{}", booking.code);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let (allow, take) = ("Allow something off", "Take a payment");
    let seen = clerk.get(&page).await;
    assert!(seen.shows(allow) && seen.shows(take) && seen.shows("Owner"));

    become_a(&motel, "front_desk").await;
    let seen = clerk.get(&page).await;
    assert!(!seen.shows(allow) && seen.shows(take));
    // What is not shown is not taken either, whatever else is wrong with it.
    let refused = clerk.submit(&format!("{page}/allowances"), &[]).await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.shows("Your role does not permit this"),
        "{}",
        refused.html
    );
    assert!(refused.shows("folios:adjust") && refused.shows("Front desk"));

    become_a(&motel, "housekeeping").await;
    let refused = clerk.get("/console").await;
    assert!(refused.status == 403 && refused.shows("reservations:read"));
    assert!(!refused.shows("Payment events") && !refused.shows("Ana Souza"));
    let roles = clerk.get("/console/roles").await;
    assert!(roles.status == 200 && roles.shows("housekeeping:write"));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_sees_where_they_are_signed_in_and_signs_out_elsewhere() {
    let motel = Motel::open().await;
    let mut desk = Clerk::signed_in(&motel, CLERK).await;
    let alone = desk.get("/console/sessions").await;
    assert!(alone.shows("This one") && !alone.shows("Sign out everywhere else"));
    let mut telephone = Clerk::signed_in(&motel, CLERK).await;
    let mut library = Clerk::signed_in(&motel, CLERK).await;

    let seen = desk.get("/console/sessions").await;
    assert_eq!(seen.html.matches("Sign out there").count(), 2);
    let forms = seen.html.split("/console/sessions/").skip(1);
    let ids: Vec<String> = forms
        .filter_map(|form| Some(form.split_once("/end\"")?.0.to_owned()))
        .collect();
    // The last used comes first.
    let ended = desk
        .post(&format!("/console/sessions/{}/end", ids[0]))
        .await;
    assert_eq!(ended.location, "/console/sessions?news=signed_out_there");
    let left = [
        telephone.get("/console").await,
        library.get("/console").await,
    ];
    assert_eq!(left.iter().filter(|seen| seen.status == 303).count(), 1);
    desk.post("/console/sessions/end-others").await;
    let left = [
        telephone.get("/console").await,
        library.get("/console").await,
    ];
    assert!(left.iter().all(|seen| seen.status == 303));
    assert_eq!(desk.get("/console").await.status, 200);
    let gone = desk
        .post(&format!("/console/sessions/{}/end", ids[0]))
        .await;
    assert_eq!(gone.status, 404);
}
