use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as AttachedFile, Mailbox, MultiPart, SinglePart};

use crate::{Attachment, Correspondent, Mail, MailError};

/// The mail in the form mails have (RFC 5322), with text and HTML as alternatives and its attachments behind them.
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
        .multipart(parts(mail)?)
        .map_err(|error| MailError::Compose(error.into()))
}

fn parts(mail: &Mail) -> Result<MultiPart, MailError> {
    let words = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
    let mut attachments = mail.attachments.iter();
    let Some(first) = attachments.next() else {
        return Ok(words);
    };
    let mixed = MultiPart::mixed().multipart(words).singlepart(file(first)?);
    attachments.try_fold(mixed, |mixed, next| Ok(mixed.singlepart(file(next)?)))
}

fn file(attachment: &Attachment) -> Result<SinglePart, MailError> {
    let content_type = ContentType::parse(&attachment.content_type)
        .map_err(|error| MailError::Compose(error.into()))?;
    let name = one_line(&attachment.name);
    Ok(AttachedFile::new(name).body(attachment.content.clone(), content_type))
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
    use mail_parser::{MessageParser, MimeHeaders};
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
            attachments: Vec::new(),
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
    fn files_come_with_it_byte_for_byte() {
        let mut heavy = mail();
        let file = |name: &str, content_type: &str, content: &[u8]| Attachment {
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            content: content.to_vec(),
        };
        let all_bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
        heavy.attachments = vec![
            file("invoice.pdf", "application/pdf", &all_bytes),
            file("Zoë\r\nX-Sly: 1.txt", "text/plain", b"hello"),
        ];
        let bytes = compose(&heavy).unwrap().formatted();
        assert!(bytes.is_ascii());
        let read = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(
            read.body_text(0).unwrap().replace("\r\n", "\n"),
            mail().text
        );
        assert_eq!(read.body_html(0).unwrap().trim_end(), mail().html);
        assert_eq!(read.attachment_count(), 2);
        let pdf = read.attachment(0).unwrap();
        assert_eq!(pdf.attachment_name(), Some("invoice.pdf"));
        assert_eq!(pdf.contents(), all_bytes);
        let text = read.attachment(1).unwrap();
        assert_eq!(text.attachment_name(), Some("Zoë X-Sly: 1.txt"));
        assert!(read.header("X-Sly").is_none());
    }

    #[test]
    fn what_is_no_media_type_is_an_error() {
        let mut odd = mail();
        odd.attachments.push(Attachment {
            name: "a".to_owned(),
            content_type: "no media type".to_owned(),
            content: Vec::new(),
        });
        assert!(matches!(compose(&odd), Err(MailError::Compose(_))));
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
