use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use motel_bookings::By;
use motel_db::{Db, TenantTx};
use motel_kernel::{Currency, Money, PostingId};
use motel_tenancy::http::{Answer, StaffWrite, WriteParams};
use motel_tenancy::{Permission, may};
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::folios::folio_id;
use super::input::{MOST, amount_minor, reason};
use super::view::StaffFolioView;
use crate::commands::{self, HandKind, HandPosting};
use crate::queries;

motel_db::text_enum! {
    /// What staff post.
    enum Kind {
        /// Something sold beside the room.
        Extra = "extra",
        /// A fee.
        Fee = "fee",
        /// What was settled on.
        Adjustment = "adjustment",
        /// Money that came in.
        Payment = "payment",
        /// Money that was given back.
        Refund = "refund",
    }
}

impl Kind {
    /// What it takes beyond posting at all.
    fn wants(self) -> Option<Permission> {
        match self {
            Self::Adjustment => Some(Permission::AdjustFolios),
            Self::Refund => Some(Permission::RefundFolios),
            Self::Extra | Self::Fee | Self::Payment => None,
        }
    }
}

/// A line, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = HandPosting)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPosting {
    /// `extra`, `fee`, `adjustment`, `payment` or `refund`.
    #[schema(pattern = "^(extra|fee|adjustment|payment|refund)$")]
    kind: String,
    /// Of an extra or a fee: what was sold, by your own word for it (`minibar`). Of a payment or a refund: `cash`, `card`,
    /// `bank_transfer`, `cheque` or `other`. An adjustment has none.
    #[schema(min_length = 1, max_length = 40, example = "minibar")]
    code: Option<String>,
    /// In minor units, more than nothing. Of an adjustment also less than nothing: an allowance.
    amount_minor: i64,
    /// ISO 4217: the folio's.
    #[schema(min_length = 3, max_length = 3, example = "USD")]
    currency: String,
    /// A few words for the guest.
    #[schema(min_length = 1, max_length = 200)]
    description: String,
    /// The day it is about, where there is one.
    service_date: Option<NaiveDate>,
    /// Why; adjustments and refunds want one.
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct PostingInput {
    kind: Kind,
    code: String,
    amount_minor: i64,
    currency: Currency,
    description: String,
    service_date: Option<NaiveDate>,
    reason: Option<String>,
}

/// Ways to pay that no gateway of ours tells of.
const METHODS: [&str; 5] = ["cash", "card", "bank_transfer", "cheque", "other"];

impl Input for PostingInput {
    type Raw = RawPosting;

    fn parse(raw: RawPosting) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let kind: Option<Kind> = errors.check("kind", raw.kind.parse());
        let code = kind.and_then(|kind| code(&mut errors, kind, raw.code.as_deref()));
        let amount_minor = match kind {
            Some(Kind::Adjustment) => adjusted(&mut errors, raw.amount_minor),
            _ => amount_minor(&mut errors, raw.amount_minor),
        };
        let currency = errors.check("currency", raw.currency.parse());
        let description = errors.text("description", &raw.description, 1..=200);
        let reason = reason(&mut errors, raw.reason.as_deref());
        let wants_reason = matches!(kind, Some(Kind::Adjustment | Kind::Refund));
        if wants_reason && raw.reason.is_none() {
            errors.push("reason", "say why");
        }
        errors.into_result()?;
        let input = || {
            Some(Self {
                kind: kind?,
                code: code?,
                amount_minor: amount_minor?,
                currency: currency?,
                description: description?,
                service_date: raw.service_date,
                reason,
            })
        };
        input().ok_or_else(|| FieldErrors::of("kind", "is missing"))
    }
}

fn code(errors: &mut FieldErrors, kind: Kind, raw: Option<&str>) -> Option<String> {
    let code = raw.unwrap_or_default();
    let plain = (1..=40).contains(&code.len())
        && code
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    let fits = match kind {
        Kind::Extra | Kind::Fee => plain,
        Kind::Payment | Kind::Refund => METHODS.contains(&code),
        Kind::Adjustment => code.is_empty(),
    };
    let expected = match kind {
        Kind::Extra | Kind::Fee => "must be 1 to 40 of a–z, 0–9, _ and -",
        Kind::Payment | Kind::Refund => {
            "must be cash, card, bank_transfer, cheque or other; a gateway's payments post themselves"
        }
        Kind::Adjustment => "an adjustment has none",
    };
    errors.check("code", fits.then(|| code.to_owned()).ok_or(expected))
}

fn adjusted(errors: &mut FieldErrors, minor: i64) -> Option<i64> {
    let fits = minor != 0 && (-MOST..=MOST).contains(&minor);
    let bounds = || format!("must lie between -{MOST} and {MOST}, and not be 0");
    errors.check("amount_minor", fits.then_some(minor).ok_or_else(bounds))
}

impl PostingInput {
    fn posting(&self) -> HandPosting {
        let code = self.code.clone();
        HandPosting {
            kind: match self.kind {
                Kind::Extra => HandKind::Extra(code),
                Kind::Fee => HandKind::Fee(code),
                Kind::Adjustment => HandKind::Adjustment,
                Kind::Payment => HandKind::Payment(code),
                Kind::Refund => HandKind::Refund(code),
            },
            amount: Money::new(self.amount_minor, self.currency),
            description: self.description.clone(),
            service_date: self.service_date,
        }
    }
}

/// Posts a line on a folio: something sold, a fee, an allowance, money that came in or was given back outside of a gateway.
/// An adjustment also takes `folios:adjust`, a refund `folios:refund`.
#[utoipa::path(
    tag = "folios",
    operation_id = "post_on_folio",
    params(("id" = Uuid, Path, description = "Which folio"), WriteParams),
    request_body = RawPosting,
    responses(
        (status = 201, description = "The folio as it is now", body = StaffFolioView),
        (status = 409, description = "`folio_closed`, or `above_paid` for a refund", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/folios/{id}/postings")]
pub(crate) async fn post(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<PostingInput>,
) -> Result<HttpResponse, Problem> {
    if let Some(finer) = input.kind.wants() {
        write.require(finer)?;
    }
    let id = folio_id(&path)?;
    let posting = async |tx: &mut TenantTx| {
        let by = By {
            actor: write.actor,
            reason: input.reason.clone(),
        };
        commands::post_by_hand(tx, id, input.posting(), by).await?;
        let view = StaffFolioView::of(tx, id).await?;
        Ok(Answer::created(view).location(format!("/api/v1/folios/{id}")))
    };
    write.run(&db, &input, posting).await
}

/// Why a line is taken back, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PostingReversal)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReversal {
    /// The guest reads it.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct Reversal {
    reason: String,
}

impl Input for Reversal {
    type Raw = RawReversal;

    fn parse(raw: RawReversal) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        reason.map(|reason| Self { reason }).ok_or(errors)
    }
}

/// Takes back one line by a counter-line: once, and a counter-line not at all.
#[utoipa::path(
    tag = "folios",
    operation_id = "reverse_posting",
    params(("id" = Uuid, Path, description = "Which line"), WriteParams),
    request_body = RawReversal,
    responses(
        (status = 200, description = "The folio as it is now", body = StaffFolioView),
        (status = 409, description = "`not_reversible` or `folio_closed`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/postings/{id}/actions/reverse")]
pub(crate) async fn reverse(
    write: StaffWrite<may::AdjustFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<Reversal>,
) -> Result<HttpResponse, Problem> {
    let id: PostingId = path.parse().map_err(|_| Problem::not_found("line"))?;
    let reversing = async |tx: &mut TenantTx| {
        commands::reverse(tx, id, write.actor, &input.reason).await?;
        let folio = queries::find_posting(tx, id).await?.folio;
        Ok(Answer::ok(StaffFolioView::of(tx, folio).await?))
    };
    write.run(&db, &input, reversing).await
}
