//! Talking to the concierge as a guest would: it is the same one, and the same conversation as any.

use std::sync::Arc;

use actix_session::Session;
use actix_web::{HttpRequest, HttpResponse, web};
use motel_conversations::{
    Channel, ConversationError, GuestMessage, GuestTurn, Responder, ResponderError, queries,
};
use motel_kernel::ConversationId;
use motel_onboarding::setup::Step;
use motel_tenancy::http::StaffPage;
use motel_tenancy::{TenantKind, may};
use motel_web::{Entry, Page, Problem};
use serde::Deserialize;

use super::super::office::{Key, Office};
use super::super::see_other;
use super::Site;
use crate::present;
use crate::view::TrialPage;

/// Where the session keeps the conversation it began: who speaks here speaks as the guest, and so in no guest's own conversation.
const BEGUN: &str = "trial_conversation";

const OF_ROOMS: &[&str] = &[
    "Do you have a room for two tomorrow?",
    "Can I park at the motel?",
    "Is breakfast included?",
];
const OF_SERVICES: &[&str] = &["What do you offer?", "Until when can I cancel?"];

#[derive(Deserialize)]
pub(in super::super) struct RawTalk {
    #[serde(default)]
    conversation: String,
}

#[derive(Deserialize)]
pub(in super::super) struct RawSaid {
    #[serde(default)]
    conversation: String,
    message: String,
}

/// What was said so far.
pub(in super::super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    session: Session,
    talk: web::Query<RawTalk>,
) -> Result<HttpResponse, Problem> {
    let mut site = Site::open(&key, &staff).await?;
    let known = begun(&session, &talk.conversation);
    page(&request, &mut site, known, None).await
}

/// The conversation that is named, if it is the one that began here.
fn begun(session: &Session, named: &str) -> Option<ConversationId> {
    let begun: Option<String> = session.get(BEGUN).ok().flatten();
    begun.filter(|begun| begun == named)?.parse().ok()
}

/// Says something, and shows what was answered.
pub(in super::super) async fn say(
    request: HttpRequest,
    staff: StaffPage<may::WriteSettings>,
    key: Key,
    session: Session,
    responder: web::Data<Arc<dyn Responder>>,
    raw: web::Form<RawSaid>,
) -> Result<HttpResponse, Problem> {
    let mut site = Site::open(&key, &staff).await?;
    let known = begun(&session, &raw.conversation);
    let message = match GuestMessage::parse(&raw.message) {
        Ok(message) => message,
        Err(invalid) => {
            let error = format!("The message {invalid}.");
            return page(&request, &mut site, known, Some(error)).await;
        }
    };
    let Office {
        mut tx, property, ..
    } = site.office;
    let conversation = match known {
        Some(known) => known,
        None => {
            let started = motel_conversations::commands::start(&mut tx, Channel::Web).await;
            let id = started.map_err(Problem::internal)?.id;
            let kept = session.insert(BEGUN, id.to_string());
            kept.map_err(Problem::internal)?;
            id
        }
    };
    // Whoever answers opens transactions of their own.
    tx.commit().await.map_err(Problem::internal)?;
    let turn = GuestTurn {
        tenant: staff.tenant,
        property: &property,
        conversation,
        channel: Channel::Web,
        message: &message,
    };
    let answered = responder.respond(turn).await;
    answered.map_err(|error| match error {
        ResponderError::UnknownConversation(_) => Problem::not_found("conversation"),
        fault => Problem::internal(fault),
    })?;
    let here = present::step_address(Step::Trial, site.tenant.kind);
    Ok(see_other(&format!("{here}?conversation={conversation}")))
}

async fn page(
    request: &HttpRequest,
    site: &mut Site,
    conversation: Option<ConversationId>,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let tx = &mut site.office.tx;
    let turns = match conversation {
        Some(id) => match queries::find(tx, id).await {
            Err(ConversationError::NotFound(_)) => {
                return Err(Problem::not_found("conversation"));
            }
            Err(fault) => return Err(Problem::internal(fault)),
            Ok(_) => queries::transcript(tx, id)
                .await
                .map_err(Problem::internal)?,
        },
        None => Vec::new(),
    };
    let status = super::super::status_of(error.as_ref());
    let title = format!("Try the concierge · {}", site.office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&TrialPage {
        head: site.office.head(false),
        progress: site.progress(Step::Trial),
        turns: present::turns(&turns, site.office.property.timezone),
        conversation: conversation.map(|id| id.to_string()).unwrap_or_default(),
        questions: match site.tenant.kind {
            TenantKind::Motel => OF_ROOMS,
            TenantKind::PrivateDining | TenantKind::Consulting => OF_SERVICES,
        },
        error,
        skippable: site.is_open(Step::Trial),
    })
}
