use actix_web::HttpResponse;
use motel_web::{Entry, Page, Problem};

use super::visit::Door;
use crate::view::{Key, PhonePage};

pub(super) async fn show(door: Door) -> Result<HttpResponse, Problem> {
    let place = door.open().await?.commit().await?;
    let voice = format!("{}/voice/simulate/calls", place.api);
    let page = Page::new(
        &door.request,
        Entry::Phone,
        format!("Call · {}", place.name),
    );
    page.respond(&PhonePage {
        place,
        voice,
        keys: &Key::PAD,
    })
}
