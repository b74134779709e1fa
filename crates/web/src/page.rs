use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::assets::style_url;
use crate::{Entry, Problem, RequestId, Theme};

/// The HTML document around a body: head, styles, script, skip link.
///
/// The body is a template of the crate that owns the page; it brings its own header, a
/// `<main id="main">` and a footer.
#[derive(Clone, Debug)]
pub struct Page {
    title: String,
    description: Option<String>,
    entry: Entry,
    theme: Theme,
    status: StatusCode,
}

#[derive(Template)]
#[template(path = "shell.html")]
struct Shell<'a> {
    title: &'a str,
    description: Option<&'a str>,
    theme: &'static str,
    style: Option<String>,
    script: Option<String>,
    body: &'a str,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemView<'a> {
    status: u16,
    heading: &'a str,
    detail: &'a str,
    request_id: Option<RequestId>,
}

impl Page {
    /// A page in the theme the visitor chose.
    pub fn new(request: &HttpRequest, entry: Entry, title: impl Into<String>) -> Self {
        Self::themed(Theme::of(request), entry, title)
    }

    fn themed(theme: Theme, entry: Entry, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: None,
            entry,
            theme,
            status: StatusCode::OK,
        }
    }

    /// Adds the sentence search engines and link previews show.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Answers with another status than 200.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The whole document as text.
    ///
    /// # Errors
    /// An internal problem when a template fails.
    pub fn html(&self, body: &impl Template) -> Result<String, Problem> {
        let body = body.render().map_err(Problem::internal)?;
        Shell {
            title: &self.title,
            description: self.description.as_deref(),
            theme: self.theme.name(),
            style: style_url(),
            script: self.entry.url(),
            body: &body,
        }
        .render()
        .map_err(Problem::internal)
    }

    /// The page as an answer; browsers keep it for the back button only.
    ///
    /// # Errors
    /// An internal problem when a template fails.
    pub fn respond(&self, body: &impl Template) -> Result<HttpResponse, Problem> {
        Ok(HttpResponse::build(self.status)
            .content_type("text/html; charset=utf-8")
            .insert_header((CACHE_CONTROL, "private, no-cache"))
            .body(self.html(body)?))
    }

    pub(crate) fn of_problem(problem: &Problem, theme: Theme) -> Result<HttpResponse, Problem> {
        let heading = match problem.status {
            StatusCode::NOT_FOUND => "No vacancy at this address",
            StatusCode::INTERNAL_SERVER_ERROR => "The lights went out",
            _ => problem.title,
        };
        let mut page = Self::themed(theme, Entry::Site, heading)
            .status(problem.status)
            .respond(&ProblemView {
                status: problem.status.as_u16(),
                heading,
                detail: &problem.detail,
                request_id: problem.request_id,
            })?;
        if let Some(seconds) = problem.retry_after {
            let seconds = HeaderValue::from(seconds);
            page.headers_mut().insert(RETRY_AFTER, seconds);
        }
        Ok(page)
    }
}
