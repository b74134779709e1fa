use actix_web::{HttpResponse, get, post, web};
use motel_db::{Db, TenantTx};
use motel_llm::Embedder;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{DocumentView, OpenQuestionView, OpenQuestionsView};
use crate::{KnowledgeError, QuestionId, commands, queries};

const MOST_SHOWN: i64 = 500;
const LONGEST_QUESTION: usize = 300;
const LONGEST_ANSWER: usize = 4_000;

/// An answer, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawQuestionAnswer {
    /// The question as it is to be put from now on, 1 to 300 characters.
    question: String,
    /// What guests are told, 1 to 4,000 characters; an empty line parts paragraphs.
    answer: String,
}

/// The same, parsed.
#[derive(Debug, Serialize)]
pub(crate) struct QuestionAnswer {
    question: String,
    answer: String,
}

impl Input for QuestionAnswer {
    type Raw = RawQuestionAnswer;

    fn parse(raw: RawQuestionAnswer) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let question = errors.text("question", &raw.question, 1..=LONGEST_QUESTION);
        let told = errors.text("answer", &raw.answer, 1..=LONGEST_ANSWER);
        question
            .zip(told)
            .map(|(question, told)| Self {
                question,
                answer: told,
            })
            .ok_or(errors)
    }
}

/// Lists what guests asked and nothing answered, each question once in whatever words it was put; the most asked first.
#[utoipa::path(
    tag = "knowledge",
    operation_id = "list_open_questions",
    responses((status = 200, description = "At most 500", body = OpenQuestionsView))
)]
#[get("/knowledge/questions")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadKnowledge>,
    db: web::Data<Db>,
) -> Result<web::Json<OpenQuestionsView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let open = queries::open_questions(&mut tx, MOST_SHOWN).await?;
    Ok(web::Json(OpenQuestionsView {
        questions: open.into_iter().map(OpenQuestionView::from).collect(),
    }))
}

/// Answers an open question. Question and answer become a document, and guests are told it from now on.
#[utoipa::path(
    tag = "knowledge",
    operation_id = "answer_question",
    params(("id" = Uuid, Path, description = "Which question"), WriteParams),
    request_body = RawQuestionAnswer,
    responses(
        (status = 201, description = "The document it became", body = DocumentView),
        (status = 404, description = "It is not open"),
        (status = 409, description = "`too_many_documents`, `knowledge_busy`"),
        (status = 503, description = "The embedding service is away"),
    )
)]
#[post("/knowledge/questions/{id}/answer")]
pub(crate) async fn give_answer(
    write: StaffWrite<may::WriteKnowledge>,
    path: web::Path<String>,
    db: web::Data<Db>,
    embedder: web::Data<dyn Embedder>,
    ValidJson(input): ValidJson<QuestionAnswer>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let answering = async |tx: &mut TenantTx| {
        let QuestionAnswer { question, answer } = &input;
        let put = commands::answer_question(tx, &**embedder, id, question, answer).await?;
        let document = queries::document(tx, put.document).await?;
        let path = format!("/api/v1/knowledge/documents/{}", document.id);
        Ok(Answer::created(DocumentView::from(document)).location(path))
    };
    write.run(&db, &input, answering).await
}

/// Puts an open question aside. It stays aside when it is asked again.
#[utoipa::path(
    tag = "knowledge",
    operation_id = "dismiss_question",
    params(("id" = Uuid, Path, description = "Which question"), WriteParams),
    responses(
        (status = 204, description = "It is put aside"),
        (status = 404, description = "It is not open"),
    )
)]
#[post("/knowledge/questions/{id}/dismiss")]
pub(crate) async fn dismiss(
    write: StaffWrite<may::WriteKnowledge>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let dismissing = async |tx: &mut TenantTx| {
        commands::dismiss_question(tx, id).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), dismissing).await
}

fn id(path: &str) -> Result<QuestionId, Problem> {
    let id = path.parse::<Uuid>();
    id.map(QuestionId::from)
        .map_err(|_| KnowledgeError::NotFound.into())
}
