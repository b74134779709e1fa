use mail_parser::MessageParser;
use motel_mail::{MailError, Mailer, SmtpMailer};

use crate::fake_smtp::FakeSmtp;
use crate::post::mail;

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_arrives_as_it_was_meant() {
    let server = FakeSmtp::answering("250 taken").await;
    let mailer = SmtpMailer::from_url(&server.url()).unwrap();
    mailer.send(&mail("booking.confirmed-1")).await.unwrap();
    mailer.send(&mail("booking.confirmed-2")).await.unwrap();

    let received = server.received();
    assert_eq!(received.len(), 2);
    assert_eq!(received[0].from, "stay@remotemotel.example");
    assert_eq!(received[0].to, "zoe@example.com");
    let read = MessageParser::new()
        .parse(received[0].message.as_bytes())
        .unwrap();
    assert_eq!(
        read.message_id(),
        Some("booking.confirmed-1@remotemotel.example")
    );
    assert_eq!(read.subject(), Some("Your booking – booking.confirmed-1"));
    assert_eq!(
        read.body_text(0).unwrap().replace("\r\n", "\n"),
        mail("x").text
    );
    assert_eq!(read.body_html(0).unwrap().trim_end(), mail("x").html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_an_error() {
    let server = FakeSmtp::answering("554 no").await;
    let mailer = SmtpMailer::from_url(&server.url()).unwrap();
    let refused = mailer.send(&mail("test-1")).await.unwrap_err();
    assert!(matches!(refused, MailError::Smtp(_)), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_is_an_error() {
    let gone = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("smtp://{}", listener.local_addr().unwrap())
    };
    let mailer = SmtpMailer::from_url(&gone.into()).unwrap();
    let failed = mailer.send(&mail("test-1")).await.unwrap_err();
    assert!(matches!(failed, MailError::Smtp(_)), "{failed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_with_tls_are_taken_and_others_refused() {
    for url in [
        "smtps://user:pass@mail.example:465",
        "smtp://mail.example:587?tls=required",
    ] {
        SmtpMailer::from_url(&url.into()).unwrap();
    }
    for url in ["", "mail.example", "http://mail.example"] {
        assert!(
            matches!(
                SmtpMailer::from_url(&url.into()),
                Err(MailError::Settings(_))
            ),
            "{url}"
        );
    }
}
