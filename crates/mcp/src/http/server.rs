use std::borrow::Cow;
use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use motel_db::Acting;
use motel_kernel::Actor;
use motel_web::Problem;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ErrorData, Implementation,
    ListToolsResult, PaginatedRequestParams, ProtocolVersion, ServerCapabilities, ServerConfig,
    Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{RoleServer, ServerHandler};
use serde_json::json;

use super::assistants::LARGEST_BODY;
use crate::catalogue::Way;
use crate::{Assistant, AssistantDesk, Listed, Refusal};

/// Who calls, as a request carries it to the tools.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calling {
    pub(super) assistant: Assistant,
    /// The task in which a tool runs is another one than that of the request.
    pub(super) acting: Acting,
}

/// What assistants are told before they begin.
const INSTRUCTIONS: &str = "You act at the front desk of this house for its guests. Search before you book; tell the guest dates, room, \
    name, e-mail address and total, and book only after a clear yes, with the total as the search said it. Code and e-mail address \
    together prove a booking. Try things out with dry_run. When a call is refused because a person has to do it, offer to hand over.";

/// The server of the Model Context Protocol: it lists the tools and calls them. Nothing of a session is kept in it.
#[derive(Clone)]
struct Protocol(AssistantDesk);

/// What answers the requests of assistants. Cheap to clone.
#[derive(Clone)]
pub struct Front(StreamableHttpService<Protocol, NeverSessionManager>);

impl Front {
    /// A front before a desk.
    pub fn new(desk: AssistantDesk) -> Self {
        let config = StreamableHttpServerConfig::default()
            // Sessions are rows of ours, so that any node answers.
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(LARGEST_BODY)
            // Where a browser's request comes from is looked at for all routes alike.
            .disable_allowed_hosts()
            .disable_allowed_origins();
        let protocol = Protocol(desk);
        let make = move || Ok(protocol.clone());
        let sessions = Arc::new(NeverSessionManager::default());
        Self(StreamableHttpService::new(make, sessions, config))
    }

    /// The answer to one message, read to its end.
    pub(super) async fn answer(
        &self,
        request: http::Request<Full<actix_web::web::Bytes>>,
    ) -> Result<http::Response<actix_web::web::Bytes>, Problem> {
        let (head, body) = self.0.handle(request).await.into_parts();
        let body = body.collect().await.map_err(Problem::internal)?;
        Ok(http::Response::from_parts(head, body.to_bytes()))
    }
}

impl ServerHandler for Protocol {
    fn get_info(&self) -> ServerConfig {
        let tools = ServerCapabilities::builder().enable_tools().build();
        let mut info = ServerConfig::new(tools);
        info.server_info = Implementation::new("remotemotel", env!("CARGO_PKG_VERSION"))
            .with_title("RemoteMotel front desk");
        info.instructions = Some(INSTRUCTIONS.to_owned());
        info
    }

    /// Those with sessions: what an assistant does is told in the conversation of its session.
    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        let newest = &ProtocolVersion::LATEST_WITH_INITIALIZE;
        Cow::Borrowed(ProtocolVersion::known_up_to(newest))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let Calling { assistant, .. } = calling(&context)?;
        let listed = self.0.listed(assistant.tenant, assistant.permissions);
        let listed = listed.await.map_err(|error| {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "tools could not be listed"
            );
            broken()
        })?;
        let tools = listed.into_iter().map(shown).collect();
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Calling { assistant, acting } = calling(&context)?;
        let arguments = request.arguments.unwrap_or_default();
        let calling = async {
            Acting::note(Actor::ApiKey(assistant.key));
            self.0.call(&assistant, &request.name, arguments).await
        };
        let answer = match acting.scope(calling).await {
            Ok(answer) => CallToolResult::structured(answer),
            Err(refusal) => CallToolResult::structured_error(told(&refusal)),
        };
        Ok(answer.into())
    }
}

fn calling(context: &RequestContext<RoleServer>) -> Result<Calling, ErrorData> {
    let parts = context.extensions.get::<http::request::Parts>();
    let calling = parts.and_then(|parts| parts.extensions.get::<Calling>());
    calling.copied().ok_or_else(broken)
}

fn broken() -> ErrorData {
    ErrorData::internal_error("something went wrong", None)
}

fn shown(listed: Listed) -> Tool {
    let tool = listed.tool;
    let looks = tool.way == Way::Looks;
    let hints = ToolAnnotations::with_title(tool.title)
        .read_only(looks)
        .destructive(tool.way == Way::TakesBack)
        .idempotent(true)
        .open_world(false);
    Tool::new(tool.name, tool.description(), Arc::new(listed.input_schema))
        .with_title(tool.title)
        .with_annotations(hints)
}

/// Why nothing was done, and whom to turn to.
fn told(refusal: &Refusal) -> serde_json::Value {
    let Refusal {
        code,
        reason,
        needs_person,
    } = refusal;
    match needs_person {
        true => json!({
            "code": code, "reason": reason, "needs_person": true,
            "offer": { "tool": "hand_over", "reason": "ask the guest whether a person may come back to them, and send their email along" },
        }),
        false => json!({ "code": code, "reason": reason }),
    }
}
