use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::Problem;

#[derive(RustEmbed)]
#[folder = "ui/dist"]
struct Dist;

#[derive(Deserialize)]
struct Chunk {
    file: String,
}

static MANIFEST: LazyLock<HashMap<String, Chunk>> = LazyLock::new(|| {
    Dist::get(".vite/manifest.json")
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default()
});

/// A script the browser loads with a page. Every page works without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Guest pages: chat, date fields, theme switch.
    Site,
    /// Staff pages: live lists, toasts, theme switch.
    Console,
    /// The simulated telephone.
    Phone,
}

impl Entry {
    fn source(self) -> &'static str {
        match self {
            Self::Site => "src/site.ts",
            Self::Console => "src/console.ts",
            Self::Phone => "src/phone.ts",
        }
    }

    pub(crate) fn url(self) -> Option<String> {
        url(self.source())
    }
}

pub(crate) fn style_url() -> Option<String> {
    url("src/styles/main.css")
}

fn url(source: &str) -> Option<String> {
    MANIFEST.get(source).map(|chunk| format!("/{}", chunk.file))
}

/// `GET /assets/{file}`: one built file. Its name holds a hash of its content, so it may be kept for ever.
#[get("/assets/{file:.+}")]
pub(crate) async fn asset(file: web::Path<String>) -> Result<HttpResponse, Problem> {
    let file = Dist::get(&format!("assets/{file}")).ok_or_else(|| Problem::not_found("file"))?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.metadata.mimetype()))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(file.data.into_owned()))
}
