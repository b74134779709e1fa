use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_kernel::FolioId;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::Deserialize;
use utoipa::ToSchema;

use super::addressee::RawAddressee;
use super::view::InvoiceView;
use crate::commands::{self, IssueKind, IssueRequest};
use crate::{Addressee, Language};

/// What is wanted on paper, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewInvoice)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawIssue {
    /// `invoice`: what was sold. `receipt`: money that came in.
    #[schema(pattern = "^(invoice|receipt)$")]
    kind: String,
    /// `en`, `de`, `es` or `fr`; English when not said.
    #[schema(pattern = "^(en|de|es|fr)$")]
    language: Option<String>,
    /// Whom it is for; whoever booked, when not said.
    #[serde(default)]
    addressee: Option<RawAddressee>,
}

/// The same, parsed.
pub(crate) struct IssueInput(IssueRequest);

impl Input for IssueInput {
    type Raw = RawIssue;

    fn parse(raw: RawIssue) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let kind: Option<IssueKind> = errors.check("kind", raw.kind.parse());
        let language = match raw.language {
            Some(language) => errors.check("language", language.parse()),
            None => Some(Language::En),
        };
        let addressee = raw
            .addressee
            .map_or_else(Addressee::default, |raw| raw.parse(&mut errors));
        errors.into_result()?;
        match kind.zip(language) {
            Some((kind, language)) => Ok(Self(IssueRequest {
                kind,
                language,
                addressee,
            })),
            None => Err(FieldErrors::of("kind", "is missing")),
        }
    }
}

/// Issues an invoice of all that is posted on a folio and is not on an invoice that stands; or a receipt of the money that came
/// in and is on no receipt yet. What is pending is on neither.
#[utoipa::path(
    tag = "invoices",
    operation_id = "issue_invoice",
    params(("id" = Uuid, Path, description = "Which folio"), WriteParams),
    request_body = RawIssue,
    responses(
        (status = 201, description = "The document", body = InvoiceView),
        (status = 409, description = "`nothing_to_invoice`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/folios/{id}/actions/invoice")]
pub(crate) async fn issue(
    write: StaffWrite<may::WriteInvoices>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(IssueInput(request)): ValidJson<IssueInput>,
) -> Result<HttpResponse, Problem> {
    let folio: FolioId = path.parse().map_err(|_| Problem::not_found("folio"))?;
    let now = write.property.now(&*clock);
    let asked = (request.kind, request.language, &request.addressee);
    let issuing = async |tx: &mut TenantTx| {
        let invoice = commands::issue(tx, folio, &request, write.actor, now).await?;
        let at = format!("/api/v1/invoices/{}", invoice.id);
        Ok(Answer::created(InvoiceView::of(tx, invoice).await?).location(at))
    };
    write.run(&db, &asked, issuing).await
}
