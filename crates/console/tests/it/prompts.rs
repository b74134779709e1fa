use diesel_async::SimpleAsyncConnection;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER};

const PAGE: &str = "/console/prompts";

fn typed(words: &str) -> String {
    format!("{words}\r\n{{{{ business }}}} {{{{ today }}}} {{{{ house }}}}")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_writes_looks_activates_and_rolls_back() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.status == 200 && seen.shows("You have written none of your own"));
    assert!(!seen.shows("Roll back…"), "there is nothing to go back to");
    let seen = owner.get(&format!("{PAGE}/writing/edit")).await;
    assert!(
        seen.shows("You are the front desk of {{ business }}"),
        "it begins with what is active"
    );
    assert!(seen.shows("what guests call the property") && seen.shows("Has to be said"));

    let text = typed("Mention <the lake>.");
    let fields = [
        ("text", text.as_str()),
        ("note", "the lake"),
        ("channel", "sms"),
    ];
    let looked = owner
        .submit(&format!("{PAGE}/writing/preview"), &fields)
        .await;
    assert_eq!(looked.status, 200);
    assert!(looked.shows("King Suite"), "with the values of the house");
    assert!(
        looked.shows("Rules, above everything else"),
        "and the rules around it"
    );
    assert!(
        !looked.shows("<the lake>"),
        "what is typed is shown, not run"
    );
    assert!(looked.shows(r#"<option value="sms" selected>"#));
    let saved = owner
        .submit(&format!("{PAGE}/writing/versions"), &fields)
        .await;
    assert_eq!(saved.location, "/console/prompts/writing/versions/1");
    let seen = owner.get(&saved.location).await;
    assert!(seen.shows("Saved by Dana") && seen.shows("the lake"));
    assert!(seen.shows("prompt-line added") && seen.shows("prompt-line removed"));
    assert!(
        seen.shows("The text that comes with the program"),
        "it is compared with that"
    );

    let activated = owner
        .post(&format!("{PAGE}/writing/versions/1/activate"))
        .await;
    assert_eq!(activated.location, "/console/prompts?news=prompt_active");
    let seen = owner.get(&activated.location).await;
    assert!(seen.shows("Models are told it from the next message on") && seen.shows("Roll back…"));
    let back = owner
        .submit(&format!("{PAGE}/writing/roll-back"), &[("activation", "1")])
        .await;
    assert_eq!(back.location, "/console/prompts?news=prompt_rolled_back");
    let seen = owner.get(&back.location).await;
    assert!(seen.shows("Rolled back to") && !seen.shows("Roll back…"));
    let roll_back = format!("{PAGE}/writing/roll-back");
    for (seen, news) in [("1", "changed_meanwhile"), ("2", "nothing_before")] {
        let again = owner.submit(&roll_back, &[("activation", seen)]).await;
        assert_eq!(again.location, format!("/console/prompts?news={news}"));
    }

    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert!(
        stranger
            .get(PAGE)
            .await
            .shows("You have written none of your own")
    );
    let theirs = stranger.get(&format!("{PAGE}/writing/versions/1")).await;
    assert_eq!(theirs.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_kept_comes_back_with_the_line_and_the_reason() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let text = typed("Warm.\r\nSay {{ weather }}.");
    for way in ["versions", "preview"] {
        let path = format!("{PAGE}/phone/{way}");
        let refused = owner.submit(&path, &[("text", &text), ("note", "")]).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.shows("In line 2: there is no variable `weather`."),
            "{}",
            refused.html
        );
        assert!(refused.shows("Say {{ weather }}."), "nothing typed is lost");
    }
    let empty = owner
        .submit(&format!("{PAGE}/phone/versions"), &[("text", " ")])
        .await;
    assert!(empty.status == 422 && empty.shows("must not be empty"));
    // The longest there can be, of letters that take the most room on their way.
    let long = typed(&"漢".repeat(3_900));
    let kept = owner
        .submit(&format!("{PAGE}/phone/versions"), &[("text", &long)])
        .await;
    assert_eq!(kept.status, 303, "{}", kept.html);
    assert_eq!(owner.get(&format!("{PAGE}/letters/edit")).await.status, 404);
    assert_eq!(
        owner.get(&format!("{PAGE}/phone/versions/7")).await.status,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_says_nothing_any_more_says_so() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let text = typed("Mention the lake.");
    owner
        .submit(&format!("{PAGE}/writing/versions"), &[("text", &text)])
        .await;
    let sql = "UPDATE prompts.versions SET text = '{{ gone }}'";
    motel.test.admin().await.batch_execute(sql).await.unwrap();
    let seen = owner.get(&format!("{PAGE}/writing/versions/1")).await;
    assert!(seen.status == 200 && seen.shows("It says nothing any more"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_front_desk_looks_and_changes_nothing() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let sql = "UPDATE tenancy.staff SET role = 'front_desk'";
    motel.test.admin().await.batch_execute(sql).await.unwrap();
    let seen = clerk.get(PAGE).await;
    assert!(seen.status == 200 && !seen.shows("Write a new version"));
    let seen = clerk.get(&format!("{PAGE}/writing/versions/0")).await;
    assert!(seen.status == 200 && seen.shows("What it says now"));
    for path in [
        "writing/roll-back",
        "writing/versions/0/activate",
        "writing/preview",
        "writing/versions",
    ] {
        let refused = clerk
            .submit(
                &format!("{PAGE}/{path}"),
                &[("text", "x"), ("activation", "0")],
            )
            .await;
        assert!(
            refused.status == 403 && refused.shows("credentials:write"),
            "{path}"
        );
    }
}
