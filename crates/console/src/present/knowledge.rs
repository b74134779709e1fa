use chrono::NaiveDate;
use chrono_tz::Tz;
use motel_knowledge::{Document, OpenQuestion, Origin};
use motel_web::words;

use crate::view::{DocumentRow, QuestionCard};

/// The questions that wait.
pub(crate) fn question_cards(open: Vec<OpenQuestion>, zone: Tz) -> Vec<QuestionCard> {
    open.into_iter()
        .map(|question| QuestionCard {
            id: question.id.as_uuid().to_string(),
            asked: match question.times {
                1 => format!(
                    "asked once, {}",
                    words::moment(question.last_asked_at, zone)
                ),
                times => format!(
                    "asked {times} times, last {}",
                    words::moment(question.last_asked_at, zone)
                ),
            },
            wording: question.wording,
            others: question.others,
        })
        .collect()
}

/// The documents.
pub(crate) fn document_rows(documents: Vec<Document>, today: NaiveDate) -> Vec<DocumentRow> {
    documents
        .into_iter()
        .map(|document| DocumentRow {
            id: document.id.to_string(),
            origin: match document.origin {
                Origin::Folder => "Folder",
                Origin::Upload => "Upload",
                Origin::Answer => "Answer",
            },
            extent: extent(&document),
            until: document.valid_until.map(words::day),
            is_over: document.is_over(today),
            title: document.title,
            source: document.source,
        })
        .collect()
}

fn extent(document: &Document) -> String {
    let passages = u32::try_from(document.passages).unwrap_or_default();
    let passages = words::count(passages, "passage");
    match document.version {
        1 => passages,
        version => format!("{passages}, version {version}"),
    }
}
