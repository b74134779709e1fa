use actix_web::{HttpRequest, HttpResponse, web};
use motel_conversations::{ConversationError, queries};
use motel_kernel::ConversationId;
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Entry, Page, Problem};

use super::office::Key;
use crate::present;

pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadConversations>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ConversationId = path
        .parse()
        .map_err(|_| Problem::not_found("conversation"))?;
    let mut office = key.open(&staff).await?;
    let conversation = match queries::find(&mut office.tx, id).await {
        Err(ConversationError::NotFound(_)) => return Err(Problem::not_found("conversation")),
        found => found.map_err(Problem::internal)?,
    };
    let turns = queries::transcript(&mut office.tx, id)
        .await
        .map_err(Problem::internal)?;
    let records = queries::records(&mut office.tx, id)
        .await
        .map_err(Problem::internal)?;
    let hand_overs = queries::hand_overs(&mut office.tx, id)
        .await
        .map_err(Problem::internal)?;
    let page = Page::new(
        &request,
        Entry::Console,
        format!("Conversation · {}", office.property.name),
    );
    page.respond(&present::transcript(
        office.head(false),
        &conversation,
        &turns,
        &records,
        &hand_overs,
        office.property.timezone,
    ))
}
