use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use motel_web::{Entry, FieldErrors, Input, Page, Problem, ValidForm};
use serde::Deserialize;
use uuid::Uuid;

use crate::sandbox::{Choice, PAGE_PATH, Sandbox, SandboxCheckout};

#[derive(Template)]
#[template(path = "sandbox.html")]
struct SandboxPage<'a> {
    checkout: &'a SandboxCheckout,
    declined: bool,
    page_path: &'static str,
}

/// What the guest pressed, as it comes in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawChoice {
    choice: String,
}

/// The same, parsed.
pub(crate) struct Pressed(Choice);

impl Input for Pressed {
    type Raw = RawChoice;

    fn parse(raw: RawChoice) -> Result<Self, FieldErrors> {
        let choice = raw.choice.parse();
        choice
            .map(Self)
            .map_err(|error: String| FieldErrors::of("choice", error))
    }
}

/// The sandbox's page to pay on. It works without JavaScript.
#[get("/pay/sandbox/{reference}")]
pub(crate) async fn show(
    request: HttpRequest,
    reference: web::Path<String>,
    sandbox: Option<web::Data<Sandbox>>,
) -> Result<HttpResponse, Problem> {
    let checkout = sandbox
        .ok_or_else(no_page)?
        .page(page_id(&reference)?)
        .await?;
    Page::new(&request, Entry::Site, format!("Pay {}", checkout.amount)).respond(&SandboxPage {
        checkout: &checkout,
        declined: request.query_string() == DECLINED,
        page_path: PAGE_PATH,
    })
}

const DECLINED: &str = "declined=1";

/// Does what was pressed. Nothing is marked paid here: the guest is sent on once our own webhook route has heard of it.
#[post("/pay/sandbox/{reference}")]
pub(crate) async fn choose(
    reference: web::Path<String>,
    sandbox: Option<web::Data<Sandbox>>,
    ValidForm(Pressed(choice)): ValidForm<Pressed>,
) -> Result<HttpResponse, Problem> {
    let sandbox = sandbox.ok_or_else(no_page)?;
    let chosen = sandbox.choose(page_id(&reference)?, choice).await?;
    if let Some(notice) = chosen.notice {
        let told = sandbox
            .wait_until_delivered(chosen.page.tenant, notice)
            .await?;
        if !told {
            tracing::warn!(%notice, "a guest was sent on before the sandbox's webhook was through");
        }
    }
    let next = match choice {
        Choice::Pay => chosen.page.success_url,
        Choice::Decline => format!("{PAGE_PATH}/{}?{DECLINED}", chosen.page.id),
        Choice::Abandon => chosen.page.cancel_url,
    };
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, next))
        .finish())
}

fn page_id(reference: &str) -> Result<Uuid, Problem> {
    reference.parse().map_err(|_| no_page())
}

fn no_page() -> Problem {
    Problem::not_found("payment page")
}
