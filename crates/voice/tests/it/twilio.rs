use actix_web::http::StatusCode;
use actix_web::{App, test as actix, web};
use motel_conversations::Speaker;
use motel_credentials::commands::{put_credential, remove_credential};
use motel_credentials::{Credential, TwilioAccount};
use motel_kernel::Actor;
use motel_telephony::twilio::signature::{Content, sign};
use motel_tenancy::Directory;
use motel_tenancy::testing::other_tenant;
use motel_voice::http::TwilioSettings;
use motel_voice::{CallStatus, Provider, ProviderCallId, queries};

use crate::stage::Stage;

const TOKEN: &str = "12345";
const PUBLIC_URL: &str = "https://motel.example";
const INBOUND: &str = "/voice/twilio/inbound";
const CALLER: &[(&str, &str)] = &[
    ("CallSid", "CA1"),
    ("From", "+14155550123"),
    ("To", "+15185550142"),
];

type Fields<'a> = &'a [(&'a str, &'a str)];

struct Post<'a> {
    path: &'a str,
    fields: Fields<'a>,
    token: Option<&'a str>,
    content_type: &'a str,
    signature: Option<String>,
}

impl<'a> Post<'a> {
    /// A request as Twilio would sign it.
    fn signed(path: &'a str, fields: Fields<'a>) -> Self {
        Self::signed_by(TOKEN, path, fields)
    }

    /// The same from another account; the installation's is still that of [`TOKEN`].
    fn signed_by(token: &str, path: &'a str, fields: Fields<'a>) -> Self {
        let owned: Vec<_> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let signature = sign(
            &token.into(),
            &format!("{PUBLIC_URL}{path}"),
            Content::Form(&owned),
        );
        let content_type = "application/x-www-form-urlencoded";
        Self {
            path,
            fields,
            token: Some(TOKEN),
            content_type,
            signature: Some(signature),
        }
    }

    async fn send(self, stage: &Stage) -> (StatusCode, String) {
        let settings = TwilioSettings::new(
            self.token.map(Into::into),
            stage.keyring.clone(),
            PUBLIC_URL,
        );
        let directory = Directory::new(stage.test.db().clone(), stage.motel.slug.clone());
        let app = App::new()
            .app_data(web::Data::new(stage.desk.clone()))
            .app_data(web::Data::new(settings))
            .app_data(web::Data::new(directory))
            .configure(motel_voice::http::configure)
            .service(web::scope("/api/v1/public/{tenant}").configure(motel_voice::http::configure))
            .configure(motel_web::configure);
        let app = actix::init_service(app).await;
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.fields)
            .finish();
        let mut request = actix::TestRequest::post()
            .uri(self.path)
            .insert_header(("content-type", self.content_type))
            .set_payload(body);
        if let Some(signature) = self.signature {
            request = request.insert_header(("X-Twilio-Signature", signature));
        }
        let answer = actix::call_service(&app, request.to_request()).await;
        let status = answer.status();
        (
            status,
            String::from_utf8(actix::read_body(answer).await.to_vec()).unwrap(),
        )
    }
}

async fn twiml(stage: &Stage, path: &str, more: &[(&str, &str)]) -> String {
    let fields: Vec<_> = CALLER.iter().chain(more).copied().collect();
    let (status, xml) = Post::signed(path, &fields).send(stage).await;
    assert_eq!(status, StatusCode::OK, "{xml}");
    xml
}

async fn call_status(stage: &Stage, sid: &str) -> CallStatus {
    let mut tx = stage.test.db().tenant(stage.motel.tenant).await.unwrap();
    let sid = ProviderCallId::parse(sid).unwrap();
    queries::find_by_provider_id(&mut tx, Provider::Twilio, &sid)
        .await
        .unwrap()
        .status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_talks_to_the_concierge_in_twiml() {
    let stage = Stage::new().await;
    let greeting = twiml(&stage, INBOUND, &[]).await;
    assert!(
        greeting.contains(
            r#"<Gather input="speech dtmf" action="https://motel.example/voice/twilio/turn?turn=1""#
        ),
        "{greeting}"
    );
    assert!(
        greeting.contains("<Say>Thank you for calling Motel DM001."),
        "{greeting}"
    );

    let answer = twiml(
        &stage,
        "/voice/twilio/turn?turn=1",
        &[("SpeechResult", "markup"), ("Confidence", "0.9")],
    )
    .await;
    assert!(
        answer.contains(
            "<Say>Use &lt;Dial&gt;+1900&lt;/Dial&gt; &amp; &quot;go&quot;</Say></Gather>"
        ),
        "{answer}"
    );
    assert!(answer.contains("turn?turn=2"), "{answer}");

    let silence = twiml(&stage, "/voice/twilio/turn?turn=2", &[]).await;
    assert!(
        silence.contains("<Say>I didn&apos;t hear anything."),
        "{silence}"
    );
    let pay = twiml(
        &stage,
        "/voice/twilio/turn?turn=3",
        &[("SpeechResult", "pay")],
    )
    .await;
    assert!(!pay.contains("/pay/x"), "{pay}");
    let bye = twiml(
        &stage,
        "/voice/twilio/turn?turn=4",
        &[("SpeechResult", "bye")],
    )
    .await;
    assert!(
        bye.ends_with("<Response><Say>Goodbye!</Say><Hangup/></Response>"),
        "{bye}"
    );
    assert_eq!(call_status(&stage, "CA1").await, CallStatus::Completed);

    let over = [CALLER, &[("CallStatus", "completed")]].concat();
    let (status, _) = Post::signed("/voice/twilio/status", &over)
        .send(&stage)
        .await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(call_status(&stage, "CA1").await, CallStatus::Completed);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_carriers_word_of_a_hang_up_marks_the_call_incomplete() {
    let stage = Stage::new().await;
    twiml(&stage, INBOUND, &[]).await;
    for (word, expected) in [
        ("in-progress", CallStatus::InProgress),
        ("completed", CallStatus::Incomplete),
    ] {
        let fields = [CALLER, &[("CallStatus", word)]].concat();
        let (status, _) = Post::signed("/voice/twilio/status", &fields)
            .send(&stage)
            .await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        assert_eq!(call_status(&stage, "CA1").await, expected, "after {word}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_gets_the_same_twiml() {
    let stage = Stage::new().await;
    assert_eq!(
        twiml(&stage, INBOUND, &[]).await,
        twiml(&stage, INBOUND, &[]).await
    );
    let turn = || twiml(&stage, "/voice/twilio/turn?turn=1", &[("Digits", "5")]);
    assert_eq!(turn().await, turn().await);
    assert_eq!(stage.script.asked(), ["5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn key_0_is_answered_with_a_hand_over() {
    let stage = Stage::new().await;
    twiml(&stage, INBOUND, &[]).await;
    let answer = twiml(&stage, "/voice/twilio/turn?turn=1", &[("Digits", "0")]).await;
    assert!(
        answer.contains("will call you back") && answer.ends_with("<Hangup/></Response>"),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenants_own_address_stays_in_the_conversation() {
    let stage = Stage::new().await;
    let greeting = twiml(
        &stage,
        "/api/v1/public/demo-motel/voice/twilio/inbound",
        &[],
    )
    .await;
    let turn = "https://motel.example/api/v1/public/demo-motel/voice/twilio/turn?turn=1";
    assert!(greeting.contains(turn), "{greeting}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_twilio_did_not_sign_is_refused_and_stores_nothing() {
    let stage = Stage::new().await;
    let signed = |fields| Post::signed(INBOUND, fields);
    let other: &[(&str, &str)] = &[("CallSid", "CA2")];
    let forged = [
        Post {
            signature: None,
            ..signed(CALLER)
        },
        Post {
            signature: Some("RSOYDt4T1cUTdK1PDd93/VVr8B8=".into()),
            ..signed(CALLER)
        },
        Post {
            signature: Some("\u{fc}".into()),
            ..signed(CALLER)
        },
        Post {
            fields: other,
            ..signed(CALLER)
        },
        Post {
            token: Some("54321"),
            ..signed(CALLER)
        },
        Post {
            path: "/voice/twilio/inbound?x=1",
            ..signed(CALLER)
        },
        Post {
            content_type: "application/json",
            ..signed(CALLER)
        },
    ];
    for post in forged {
        let (status, problem) = post.send(&stage).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{problem}");
        assert!(problem.contains(r#""code":"wrong_signature""#), "{problem}");
    }
    let mut tx = stage.test.db().tenant(stage.motel.tenant).await.unwrap();
    assert_eq!(queries::recent(&mut tx, 10).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_calls_are_switched_off() {
    let stage = Stage::new().await;
    for token in [None, Some("")] {
        for path in [INBOUND, "/voice/twilio/turn?turn=1", "/voice/twilio/status"] {
            let (status, problem) = Post {
                token,
                ..Post::signed(path, CALLER)
            }
            .send(&stage)
            .await;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{problem}");
            assert!(
                problem.contains(r#""code":"voice_not_configured""#),
                "{problem}"
            );
        }
    }
    // Who does not claim to be Twilio is not told even that.
    let unsigned = Post {
        token: None,
        signature: None,
        ..Post::signed(INBOUND, CALLER)
    };
    assert_eq!(unsigned.send(&stage).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_nonsense_is_a_client_error() {
    let stage = Stage::new().await;
    let cases: [(&str, Fields, u16); 6] = [
        (INBOUND, &[], 422),
        (INBOUND, &[("CallSid", "CA1'; DROP TABLE calls")], 422),
        ("/voice/twilio/turn?turn=1", &[("CallSid", "CA404")], 404),
        ("/voice/twilio/turn?turn=0", CALLER, 422),
        ("/voice/twilio/turn?turn=one", CALLER, 422),
        ("/voice/twilio/turn", CALLER, 422),
    ];
    for (path, fields, expected) in cases {
        let (status, problem) = Post::signed(path, fields).send(&stage).await;
        assert_eq!(status.as_u16(), expected, "{path} {problem}");
    }
    let long = "a".repeat(20_000);
    let (status, _) = Post::signed(INBOUND, &[("CallSid", "CA1"), ("SpeechResult", &long)])
        .send(&stage)
        .await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_speech_is_cut_to_a_message() {
    let stage = Stage::new().await;
    twiml(&stage, INBOUND, &[]).await;
    twiml(
        &stage,
        "/voice/twilio/turn?turn=1",
        &[("SpeechResult", &"la ".repeat(3_000))],
    )
    .await;
    let heard = &stage.script.asked()[0];
    assert!((1_990..=2_000).contains(&heard.chars().count()));
    let call = stage.ring("CA1").await.call;
    assert_eq!(
        stage.transcript(&call).await.0[1],
        (Speaker::Guest, heard.clone())
    );
}

async fn set_own(stage: &Stage, token: &str) {
    let account = TwilioAccount::parse(&token.into()).unwrap();
    let own = Credential::Twilio(account);
    let now = "2026-12-01T15:00:00Z".parse().unwrap();
    let mut tx = stage.test.db().tenant(stage.motel.tenant).await.unwrap();
    put_credential(&mut tx, &stage.keyring, &own, Actor::System, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_business_with_an_account_of_its_own_believes_that_one_alone() {
    let stage = Stage::new().await;
    other_tenant(&stage.test).await;
    let own = "an-account-of-its-own";
    set_own(&stage, own).await;
    let theirs = "/api/v1/public/other-motel/voice/twilio/inbound";
    let answers = async |post: Post<'_>| post.send(&stage).await.0;

    assert_eq!(answers(Post::signed_by(own, INBOUND, CALLER)).await, 200);
    assert_eq!(answers(Post::signed(INBOUND, CALLER)).await, 403);
    // The neighbours have set nothing.
    assert_eq!(answers(Post::signed(theirs, CALLER)).await, 200);
    assert_eq!(answers(Post::signed_by(own, theirs, CALLER)).await, 403);
    // It needs no account of the installation's.
    let alone = Post {
        token: None,
        ..Post::signed_by(own, INBOUND, CALLER)
    };
    assert_eq!(answers(alone).await, 200);

    let mut tx = stage.test.db().tenant(stage.motel.tenant).await.unwrap();
    let twilio = motel_credentials::Provider::Twilio;
    remove_credential(&mut tx, twilio).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(answers(Post::signed(INBOUND, CALLER)).await, 200);
    assert_eq!(answers(Post::signed_by(own, INBOUND, CALLER)).await, 403);
}
