use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::{Correspondent, Mail, MailError};

/// The mail in the form mails have (RFC 5322), with text and HTML as alternatives.
///
/// The Message-ID comes from the key: a mail that was sent twice shows as one in most mail programs.
pub(crate) fn compose(mail: &Mail) -> Result<Message, MailError> {
    let from = mailbox(&mail.from)?;
    let message_id = format!("<{}@{}>", mail.key, from.email.domain());
    Message::builder()
        .message_id(Some(message_id))
        .date_now()
        .from(from)
        .to(mailbox(&mail.to)?)
        .subject(one_line(&mail.subject))
        .raw_header(HeaderValue::new(
            // So that nobody's out-of-office answers (RFC 3834).
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(MultiPart::alternative_plain_html(
            mail.text.clone(),
            mail.html.clone(),
        ))
        .map_err(|error| MailError::Compose(error.into()))
}

fn mailbox(correspondent: &Correspondent) -> Result<Mailbox, MailError> {
    let address = correspondent
        .email
        .as_str()
        .parse()
        .map_err(|error: lettre::address::AddressError| MailError::Compose(error.into()))?;
    let name = one_line(&correspondent.name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

/// A line break in a header would begin another header.
fn one_line(text: &str) -> String {
    let words: Vec<_> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use mail_parser::MessageParser;
    use motel_kernel::Email;

    use super::*;

    fn mail() -> Mail {
        let person = |name: &str, email| Correspondent {
            name: name.to_owned(),
            email: Email::parse(email).unwrap(),
        };
        Mail {
            key: "test-1".parse().unwrap(),
            from: person("RemoteMotel", "stay@remotemotel.example"),
            to: person("Zoë, \"the\" Guest", "zoe@example.com"),
            subject: "Your room – RM-7K3F9Q".to_owned(),
            text: "Hello Zoë,\n\nsee https://example.com/?a=b&c=d\n".to_owned(),
            html: "<p>Hello Zoë</p>".to_owned(),
        }
    }

    #[test]
    fn another_program_reads_what_was_meant() {
        let bytes = compose(&mail()).unwrap().formatted();
        let read = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(read.message_id(), Some("test-1@remotemotel.example"));
        assert_eq!(read.subject(), Some("Your room – RM-7K3F9Q"));
        let to = read.to().unwrap().first().unwrap();
        assert_eq!(
            (to.name(), to.address()),
            (Some("Zoë, \"the\" Guest"), Some("zoe@example.com"))
        );
        assert_eq!(
            read.body_text(0).unwrap().replace("\r\n", "\n"),
            mail().text
        );
        assert_eq!(read.body_html(0).unwrap().trim_end(), mail().html);
        assert!(read.date().is_some());
        assert!(bytes.is_ascii());
    }

    #[test]
    fn a_line_break_does_not_begin_a_header() {
        let mut sly = mail();
        sly.subject = "Hello\r\nBcc: everybody@example.com".to_owned();
        sly.to.name = "Zoë\r\nBcc: everybody@example.com\r\n\r\nBody".to_owned();
        let bytes = compose(&sly).unwrap().formatted();
        let read = MessageParser::new().parse(&bytes).unwrap();
        assert!(read.bcc().is_none());
        assert_eq!(read.subject(), Some("Hello Bcc: everybody@example.com"));
        assert_eq!(
            read.to().unwrap().first().unwrap().address(),
            Some("zoe@example.com")
        );
    }
}
