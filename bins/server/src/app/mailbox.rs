//! `/dev/mailbox`: the mails of an installation that sends none, for whoever sits at this machine.

use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use motel_mail::{FileMailbox, MailKey, StoredMail};
use motel_web::{Entry, Page, Problem};

use super::Mailing;

#[derive(Template)]
#[template(path = "mailbox.html")]
struct MailboxBody {
    mails: Vec<StoredMail>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct MailBody {
    mail: StoredMail,
}

pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.service(list).service(show);
}

#[get("/dev/mailbox")]
async fn list(request: HttpRequest, mailing: web::Data<Mailing>) -> Result<HttpResponse, Problem> {
    let mails = mailbox(&request, &mailing)?
        .list()
        .await
        .map_err(Problem::internal)?;
    Page::new(&request, Entry::Site, "Development mailbox").respond(&MailboxBody { mails })
}

#[get("/dev/mailbox/{key}")]
async fn show(
    request: HttpRequest,
    mailing: web::Data<Mailing>,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let key = MailKey::parse(&key).map_err(|_| Problem::not_found("mail"))?;
    let found = mailbox(&request, &mailing)?
        .read(&key)
        .await
        .map_err(Problem::internal)?;
    let mail = found.ok_or_else(|| Problem::not_found("mail"))?;
    let title = mail.subject.clone();
    Page::new(&request, Entry::Site, title).respond(&MailBody { mail })
}

/// The mailbox, for a visitor on this very machine only. A reverse proxy runs there too, but it says for whom it asks.
fn mailbox<'a>(request: &HttpRequest, mailing: &'a Mailing) -> Result<&'a FileMailbox, Problem> {
    let from_here = request
        .peer_addr()
        .is_some_and(|peer| peer.ip().is_loopback());
    let proxied = ["forwarded", "x-forwarded-for", "x-real-ip", "via"]
        .iter()
        .any(|header| request.headers().contains_key(*header));
    match mailing {
        Mailing::Mailbox(mailbox) if from_here && !proxied => Ok(mailbox),
        _ => Err(Problem::not_found("page")),
    }
}
