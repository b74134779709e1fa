use std::marker::PhantomData;
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use motel_db::{Db, TenantTx};
use motel_web::{DryRun, IdempotencyKey, IfMatch, Problem};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Answer, Caller, Touches, WholeBusiness};
use crate::Needs;
use crate::answers::{self, Claim};

/// A write of the staff interface by somebody who may do `P`, touching what `T` says as with [`super::StaffAccess`]; what can be done with it stands at [`Write`].
///
/// ```rust,no_run
/// use actix_web::{HttpResponse, web};
/// use motel_db::{Db, TenantTx};
/// use motel_tenancy::http::{Answer, StaffWrite};
/// use motel_tenancy::may;
/// use motel_web::Problem;
///
/// async fn rename(write: StaffWrite<may::WriteRooms>, db: web::Data<Db>) -> Result<HttpResponse, Problem> {
///     let expected = write.require_version()?;
///     let input = "what was asked, as far as it is not in the path";
///     write
///         .run(&db, &input, async |tx: &mut TenantTx| {
///             // A command with `tx`, `write.property`, `write.actor` and `expected` …
///             Ok(Answer::ok("the thing as it is now").version(expected + 1))
///         })
///         .await
/// }
/// ```
#[derive(Debug, Clone)]
pub struct StaffWrite<P, T = WholeBusiness> {
    write: Write,
    needs: PhantomData<(P, T)>,
}

impl<P, T> Deref for StaffWrite<P, T> {
    type Target = Write;

    fn deref(&self) -> &Write {
        &self.write
    }
}

/// Who makes a write, whether it is only tried, under which name and on which version.
#[derive(Debug, Clone)]
pub struct Write {
    caller: Caller,
    dry_run: DryRun,
    key: IdempotencyKey,
    if_match: IfMatch,
    /// Method and path.
    target: String,
}

impl Deref for Write {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Write {
    /// The version in `If-Match`, if one was sent.
    pub fn if_match(&self) -> Option<i32> {
        self.if_match.0
    }

    /// The version in `If-Match`.
    ///
    /// # Errors
    /// 428 `if_match_required` without one.
    pub fn require_version(&self) -> Result<i32, Problem> {
        self.if_match.require()
    }

    /// Whether nothing of it will be kept.
    pub fn is_dry_run(&self) -> bool {
        self.dry_run.0
    }

    /// Does the work in one transaction and answers what it answers.
    ///
    /// Under an `Idempotency-Key` the answer is kept with the work for 24 hours: the same caller asking the same again
    /// gets it once more with `Idempotent-Replayed: true`, also when both requests are under way at once; anything else
    /// under that key is a 422 `idempotency_key_reused`. What fails is not kept and may be tried again. `input` is what
    /// was asked beyond path, caller and `If-Match`.
    ///
    /// On a dry run everything happens, is answered with 200 and `Dry-Run: true`, and is taken back; the key then means
    /// nothing.
    ///
    /// # Errors
    /// What the work raises; nothing of it remains then.
    pub async fn run<T: Serialize>(
        &self,
        db: &Db,
        input: &(impl Serialize + ?Sized),
        work: impl AsyncFnOnce(&mut TenantTx) -> Result<Answer<T>, Problem>,
    ) -> Result<HttpResponse, Problem> {
        let mut tx = db.tenant(self.tenant).await.map_err(Problem::internal)?;
        if self.is_dry_run() {
            let answer = work(&mut tx).await?.made()?.respond_tried();
            return Ok(marked(answer, "dry-run"));
        }
        let Some(key) = self.key.as_deref() else {
            let answer = work(&mut tx).await?.made()?;
            tx.commit().await.map_err(Problem::internal)?;
            return Ok(answer.respond());
        };
        let digest = self.digest(input)?;
        match answers::claim(&mut tx, key, &digest).await? {
            Claim::Answered(kept) => Ok(marked(kept.respond(), "idempotent-replayed")),
            Claim::Taken => Err(key_reused()),
            Claim::Fresh => {
                let answer = work(&mut tx).await?.made()?;
                answers::keep(&mut tx, key, &answer).await?;
                tx.commit().await.map_err(Problem::internal)?;
                Ok(answer.respond())
            }
        }
    }

    /// Who asked what, and on which version.
    fn digest(&self, input: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, Problem> {
        let asked = (
            self.actor.to_string(),
            &self.target,
            self.if_match(),
            self.property.id,
            input,
        );
        let json = serde_json::to_vec(&asked).map_err(Problem::internal)?;
        Ok(Sha256::digest(&json).to_vec())
    }
}

impl<P: Needs, T: Touches> FromRequest for StaffWrite<P, T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let dry_run = DryRun::from_request(request, payload).into_inner();
        let key = IdempotencyKey::from_request(request, payload).into_inner();
        let if_match = IfMatch::from_request(request, payload).into_inner();
        let target = format!("{} {}", request.method(), request.path());
        let request = request.clone();
        async move {
            let write = Write {
                // Who is not let in does not hear what else is wrong.
                caller: Caller::admitted::<P, T>(&request).await?,
                dry_run: dry_run?,
                key: key?,
                if_match: if_match?,
                target,
            };
            let needs = PhantomData;
            Ok(Self { write, needs })
        }
        .boxed_local()
    }
}

fn marked(mut answer: HttpResponse, name: &'static str) -> HttpResponse {
    let header = (
        HeaderName::from_static(name),
        HeaderValue::from_static("true"),
    );
    answer.headers_mut().insert(header.0, header.1);
    answer
}

fn key_reused() -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "idempotency_key_reused",
        "This Idempotency-Key was used for something else.",
    )
    .with_error("Idempotency-Key", "was used for something else")
}
