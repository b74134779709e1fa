//! Which language model answers guests: where it is asked, what it may cost, and when it did not answer.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveTime;
use motel_concierge::http::choose_model;
use motel_concierge::{ConciergeError, ModelDesk, commands, queries};
use motel_conversations::queries::{fell_back, model_use_since};
use motel_credentials::Provider;
use motel_credentials::queries::kept_credential;
use motel_kernel::{Actor, local_instant};
use motel_tenancy::http::StaffPage;
use motel_tenancy::{Permission, StaffSession, may, team};
use motel_web::{Entry, FieldErrors, Page, Problem};

use super::booking::News;
use super::office::Key;
use super::see_other;
use crate::input::ModelForm;
use crate::present;
use crate::view::ModelPage;

/// How many times that a model did not answer are shown.
const MOST_FALLBACKS: i64 = 20;

/// Why a model does not answer where all is as it should be: steps of the house would push everything else off the list.
const AS_IT_SHOULD_BE: [&str; 2] = ["house_step", "card_number"];

/// The most members that are looked through for who chose the model.
const MOST_MEMBERS: i64 = 200;

/// What is set.
pub(super) async fn show(
    request: HttpRequest,
    staff: StaffPage<may::ReadSettings>,
    key: Key,
    news: web::Query<News>,
) -> Result<HttpResponse, Problem> {
    page(&request, &staff, &key, news.word(), None).await
}

/// Sets it, from the next message on.
pub(super) async fn put(
    request: HttpRequest,
    staff: StaffPage<may::WriteCredentials>,
    key: Key,
    desk: web::Data<ModelDesk>,
    raw: web::Form<ModelForm>,
) -> Result<HttpResponse, Problem> {
    let form = raw.into_inner();
    let choice = form.parse().and_then(|raw| choose_model(raw, &desk));
    let choice = match choice {
        Ok(choice) => choice,
        Err(errors) => {
            let refused = (form, sentences(&errors));
            return page(&request, &staff, &key, None, Some(refused)).await;
        }
    };
    let by = Actor::Staff(staff.staff_id);
    let mut office = key.open(&staff).await?;
    let set = commands::put_model(&mut office.tx, form.expected(), &choice, by, key.now()).await;
    match set {
        Ok(_) => {}
        Err(ConciergeError::Stale) => {
            return Ok(see_other("/console/model?news=changed_meanwhile"));
        }
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(see_other("/console/model?news=model_set"))
}

/// Every refused field in a sentence.
fn sentences(errors: &FieldErrors) -> Vec<String> {
    let sentence = |field: &str, reason: &str| {
        let name = match field {
            "base_url" => "address",
            "api" => "way to talk",
            "call_seconds" => "time for one call",
            "turn_seconds" => "time for one answer",
            "tokens_a_day" => "number of tokens a day",
            "read_price_micros" => "price of tokens read",
            "written_price_micros" => "price of tokens written",
            "cost_micros_a_day" => "money a day",
            field => field,
        };
        // The interface counts in hundredths and millionths, the form in whole ones.
        let reason = match field {
            "temperature" if reason.starts_with("must lie") => "must lie between 0 and 2",
            field if field.contains("_micros") && reason.starts_with("must lie") => {
                "is too small or too large"
            }
            _ => reason,
        };
        format!("The {name} {reason}.")
    };
    let errors = errors.as_slice().iter();
    errors.map(|it| sentence(&it.field, &it.reason)).collect()
}

async fn page(
    request: &HttpRequest,
    staff: &StaffSession,
    key: &Key,
    news: Option<&str>,
    refused: Option<(ModelForm, Vec<String>)>,
) -> Result<HttpResponse, Problem> {
    let mut office = key.open(staff).await?;
    let zone = office.property.timezone;
    let settings = queries::model_settings(&office.tx).await?;
    let settings = settings.as_ref();
    let kept = kept_credential(&mut office.tx, Provider::OpenAi).await?;
    // What is spent is spent on real days, as the concierge reckons it.
    let today = key.now().with_timezone(&zone).date_naive();
    let midnight = local_instant(today, NaiveTime::MIN, zone);
    let used = model_use_since(&mut office.tx, midnight).await;
    let used = used.map_err(Problem::internal)?;
    let fallen = fell_back(&mut office.tx, &AS_IT_SHOULD_BE, MOST_FALLBACKS).await;
    let fallen = fallen.map_err(Problem::internal)?;
    let members = team::members(&mut office.tx, None, MOST_MEMBERS).await?;
    let (form, errors) = refused.unwrap_or_else(|| (present::model_form(settings), Vec::new()));
    let status = super::status_of(errors.first());
    let title = format!("Model · {}", office.property.name);
    let page = Page::new(request, Entry::Console, title).status(status);
    page.respond(&ModelPage {
        head: office.head(false),
        notice: news.and_then(present::notice),
        errors,
        may_write: staff.may(Permission::WriteCredentials),
        state: present::model_state(settings, kept.is_some()),
        chosen: settings.map(|it| present::model_chosen(it, &members, zone)),
        has_key: kept.is_some(),
        may_see_keys: staff.may(Permission::ReadCredentials),
        tokens: present::model_tokens(used, settings),
        cost: present::model_cost(used, settings),
        form: present::model_fields(form),
        fallbacks: present::fallbacks(&fallen, zone),
        may_read: staff.may(Permission::ReadConversations),
    })
}
