//! A mail to send.

use motel_mail::{Attachment, Correspondent, Mail};

pub(crate) fn mail(key: &str) -> Mail {
    Mail {
        key: key.parse().unwrap(),
        from: Correspondent {
            name: "RemoteMotel".to_owned(),
            email: "stay@remotemotel.example".parse().unwrap(),
        },
        to: Correspondent {
            name: "Zoë Guest".to_owned(),
            email: "zoe@example.com".parse().unwrap(),
        },
        subject: format!("Your booking – {key}"),
        text: "See you on Friday, Zoë.\n\nhttps://example.com/pay?a=b&c=d\n".to_owned(),
        html: "<p>See you on Friday, Zoë.</p>".to_owned(),
        attachments: vec![Attachment {
            name: "rules.bin".to_owned(),
            content_type: "application/octet-stream".to_owned(),
            content: vec![0, 159, 146, 150, 13, 10, 46, 13, 10],
        }],
    }
}
