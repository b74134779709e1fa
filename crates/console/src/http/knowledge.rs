//! What guests are told, and what they asked in vain.

use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text;
use actix_multipart::form::{MultipartForm, MultipartFormConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use motel_knowledge::{KnowledgeError, Put, QuestionId, UploadName, commands, queries};
use motel_llm::Embedder;
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, StaffSession, may};
use motel_web::{Entry, FieldErrors, Input, Page, Problem};
use uuid::Uuid;

use super::booking::News;
use super::office::{Key, Office};
use super::see_other;
use crate::input::{AnswerForm, NoteForm, RawAnswer, RawNote, last_day};
use crate::present;
use crate::view::KnowledgePage;

const PAGE: &str = "/console/knowledge";

/// The most open questions that are shown.
const MOST_SHOWN: i64 = 100;

/// What stands around a file in its form takes some bytes too.
const MOST_FORM_BYTES: usize = UploadName::MOST_BYTES + 16 * 1024;

/// The form with a file.
#[derive(MultipartForm)]
struct RawFile {
    file: Bytes,
    valid_until: Option<Text<String>>,
}

/// Open questions and documents.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadKnowledge>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), None).await
}

/// How much of a form with a file is read.
pub(super) fn form_bounds() -> MultipartFormConfig {
    MultipartFormConfig::default()
        .total_limit(MOST_FORM_BYTES)
        .memory_limit(MOST_FORM_BYTES)
}

/// Takes in a file. Nothing of it is read before it is known who sends it.
pub(super) async fn upload(
    request: HttpRequest,
    staff: StaffPage<may::WriteKnowledge>,
    key: Key,
    embedder: web::Data<dyn Embedder>,
    body: web::Payload,
) -> Result<HttpResponse, Problem> {
    let form = MultipartForm::<RawFile>::from_request(&request, &mut body.into_inner()).await;
    let done = match form {
        Ok(MultipartForm(raw)) => take_in_file(&staff, &key, &**embedder, &raw).await?,
        Err(_) => Err("The file could not be read, or it has more than 4 MiB.".to_owned()),
    };
    answer_with(&request, &staff, &key, done.map(|()| "told")).await
}

async fn take_in_file(
    staff: &StaffSession,
    key: &Key,
    embedder: &dyn Embedder,
    raw: &RawFile,
) -> Result<Done, Problem> {
    let name = UploadName::parse(raw.file.file_name.as_deref().unwrap_or_default());
    let until = raw.valid_until.as_ref().map_or("", |day| day.0.as_str());
    let (name, until) = match (name, last_day(until)) {
        (Ok(name), Ok(until)) => (name, until),
        (Err(invalid), _) => return Ok(Err(format!("The name of the file {invalid}."))),
        (_, Err(invalid)) => return Ok(Err(format!("The last day {invalid}."))),
    };
    let mut office = key.open(staff).await?;
    let bytes = &raw.file.data;
    let put = commands::upload_document(&mut office.tx, embedder, &name, until, bytes).await;
    kept(office, put).await
}

/// Takes in what was typed.
pub(super) async fn write(
    request: HttpRequest,
    staff: StaffPage<may::WriteKnowledge>,
    key: Key,
    embedder: web::Data<dyn Embedder>,
    raw: web::Form<RawNote>,
) -> Result<HttpResponse, Problem> {
    let done = match NoteForm::parse(raw.into_inner()) {
        Err(invalid) => Err(said(&invalid)),
        Ok(NoteForm {
            name,
            markdown,
            valid_until,
        }) => {
            let mut office = key.open(&staff).await?;
            let (tx, text) = (&mut office.tx, markdown.as_bytes());
            let put = commands::upload_document(tx, &**embedder, &name, valid_until, text).await;
            kept(office, put).await?
        }
    };
    answer_with(&request, &staff, &key, done.map(|()| "told")).await
}

/// Forgets a document.
pub(super) async fn remove(
    staff: StaffPage<may::WriteKnowledge>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = path.parse().map_err(|_| Problem::not_found("document"))?;
    let mut office = key.open(&staff).await?;
    match commands::remove_document(&mut office.tx, id).await {
        // Whoever asks twice wanted the same.
        Ok(()) | Err(KnowledgeError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("document_removed"))
}

/// Answers a question that was asked in vain.
pub(super) async fn answer(
    request: HttpRequest,
    staff: StaffPage<may::WriteKnowledge>,
    key: Key,
    embedder: web::Data<dyn Embedder>,
    path: web::Path<String>,
    raw: web::Form<RawAnswer>,
) -> Result<HttpResponse, Problem> {
    let id = question(&path)?;
    let done = match AnswerForm::parse(raw.into_inner()) {
        Err(invalid) => Err(said(&invalid)),
        Ok(AnswerForm { question, answer }) => {
            let mut office = key.open(&staff).await?;
            let (tx, embedder) = (&mut office.tx, &**embedder);
            let put = commands::answer_question(tx, embedder, id, &question, &answer).await;
            if matches!(put, Err(KnowledgeError::NotFound)) {
                return Ok(back("question_closed"));
            }
            kept(office, put).await?
        }
    };
    answer_with(&request, &staff, &key, done.map(|()| "told")).await
}

/// Puts a question aside.
pub(super) async fn dismiss(
    staff: StaffPage<may::WriteKnowledge>,
    key: Key,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = question(&path)?;
    let mut office = key.open(&staff).await?;
    match commands::dismiss_question(&mut office.tx, id).await {
        Ok(()) => {}
        Err(KnowledgeError::NotFound) => return Ok(back("question_closed")),
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back("dismissed"))
}

/// Nothing to say, or why it was refused.
type Done = Result<(), String>;

/// Keeps what was taken in; a document that is none is refused in words.
async fn kept(office: Office, put: Result<Put, KnowledgeError>) -> Result<Done, Problem> {
    match put {
        Ok(_) => {
            office.tx.commit().await.map_err(Problem::internal)?;
            Ok(Ok(()))
        }
        Err(KnowledgeError::Unfit { reason, .. }) => Ok(Err(format!("The document {reason}."))),
        Err(KnowledgeError::TooMany) => Ok(Err(
            "There are as many documents as there can be. Remove some first.".to_owned(),
        )),
        Err(KnowledgeError::Busy) => Ok(Err(
            "Another document is being taken in. Please try again in a moment.".to_owned(),
        )),
        Err(KnowledgeError::Embed(_)) => Ok(Err(
            "The service that reads documents can't be reached. Please try again later.".to_owned(),
        )),
        Err(error) => Err(error.into()),
    }
}

/// Back to the page with what was done, or the page with why not.
async fn answer_with(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    done: Result<&str, String>,
) -> Result<HttpResponse, Problem> {
    match done {
        Ok(news) => Ok(back(news)),
        Err(error) => page(request, staff, key, None, Some(error)).await,
    }
}

/// Every refused field in a sentence.
fn said(invalid: &FieldErrors) -> String {
    let sentences: Vec<String> = invalid
        .as_slice()
        .iter()
        .map(|error| format!("The {} {}.", error.field, error.reason))
        .collect();
    sentences.join(" ")
}

fn question(path: &str) -> Result<QuestionId, Problem> {
    let id = path.parse::<Uuid>();
    id.map(QuestionId::from)
        .map_err(|_| Problem::not_found("question"))
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    error: Option<String>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let open = queries::open_questions(&mut office.tx, MOST_SHOWN).await?;
    let documents = queries::documents(&mut office.tx).await?;
    let status = super::status_of(error.as_ref());
    let title = format!("Knowledge · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&KnowledgePage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        error,
        may_write: staff.may(Permission::WriteKnowledge),
        questions: present::question_cards(open, office.property.timezone),
        documents: present::document_rows(documents, office.today()),
    })
}

fn back(news: &str) -> HttpResponse {
    see_other(&format!("{PAGE}?news={news}"))
}
