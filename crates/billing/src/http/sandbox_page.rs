use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use motel_payments::GatewayName;
use motel_web::{Entry, FieldErrors, Input, Page, Problem, ValidForm};
use serde::Deserialize;
use uuid::Uuid;

use crate::PaymentDesk;
use crate::sandbox::{Choice, PAGE_PATH, Sandbox, SandboxCheckout};

/// The sandbox, where its word is taken; else its pages are not there.
pub(crate) struct OpenSandbox(web::Data<Sandbox>);

impl FromRequest for OpenSandbox {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let desk = request.app_data::<web::Data<PaymentDesk>>();
        let taken = desk.and_then(|desk| desk.gateways().find(GatewayName::Sandbox));
        let sandbox = taken.and_then(|_| request.app_data::<web::Data<Sandbox>>());
        ready(sandbox.cloned().map(Self).ok_or_else(no_page))
    }
}

#[derive(Template)]
#[template(path = "sandbox.html")]
struct SandboxPage<'a> {
    checkout: &'a SandboxCheckout,
    declined: bool,
    challenged: bool,
    page_path: &'static str,
}

/// What the guest pressed, as it comes in.
#[derive(Debug, Deserialize)]
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
    open: OpenSandbox,
) -> Result<HttpResponse, Problem> {
    let checkout = open.0.page(page_id(&reference)?).await?;
    Page::new(
        &request,
        Entry::Site,
        match checkout.authorises {
            true => format!("Set aside {}", checkout.amount),
            false => format!("Pay {}", checkout.amount),
        },
    )
    .respond(&SandboxPage {
        checkout: &checkout,
        declined: request.query_string() == DECLINED,
        challenged: request.query_string() == CHALLENGED,
        page_path: PAGE_PATH,
    })
}

const DECLINED: &str = "declined=1";

const CHALLENGED: &str = "challenge=1";

/// Does what was pressed. Nothing is marked paid here: the guest is sent on once our own webhook route has heard of it.
#[post("/pay/sandbox/{reference}")]
pub(crate) async fn choose(
    reference: web::Path<String>,
    OpenSandbox(sandbox): OpenSandbox,
    ValidForm(Pressed(choice)): ValidForm<Pressed>,
) -> Result<HttpResponse, Problem> {
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
        Choice::Pay
        | Choice::Slow
        | Choice::Silent
        | Choice::Dispute
        | Choice::DisputeWon
        | Choice::DisputeLost
        | Choice::RefundSilent
        | Choice::RefundFails
        | Choice::KeptDeclines
        | Choice::KeptAsks
        | Choice::KeptSilent
        | Choice::TakenSilent
        | Choice::Lapses => chosen.page.success_url,
        Choice::Decline | Choice::Insufficient | Choice::ExpiredCard => {
            format!("{PAGE_PATH}/{}?{DECLINED}", chosen.page.id)
        }
        Choice::Challenge => format!("{PAGE_PATH}/{}?{CHALLENGED}", chosen.page.id),
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
