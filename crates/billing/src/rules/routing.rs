//! Which folio of a booking takes a line.

use motel_kernel::{FolioId, Money, MoneyError, PostingId};

use super::contra::class_of;
use super::source::StaySource;
use crate::model::{Draft, Line, Posting};
use crate::{ChargeClass, Folio, PostingKind};

/// The folios of a booking by position, and what its staff said about them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Routing {
    pub(crate) folios: Vec<Folio>,
    pub(crate) rules: Vec<(ChargeClass, FolioId)>,
}

impl Routing {
    /// The folio that takes a line: a counter-line goes where its line stands; a charge where the rules say; what the rules
    /// say nothing about, or what they send to a closed folio, to the first that is open. `None` when all are closed.
    pub(crate) fn folio_of(&self, line: &Line, posted: &[Posting]) -> Option<&Folio> {
        if let Some(id) = line.reverses {
            let original = posted.iter().find(|posting| posting.id == id)?;
            return self.find(original.folio);
        }
        let routed = StaySource::read(&line.source).and_then(|(source, _)| {
            let class = class_of(&source.item);
            let rule = self.rules.iter().find(|(charge, _)| *charge == class);
            self.find(rule?.1)
        });
        routed.filter(|folio| folio.is_open()).or(self.first_open())
    }

    pub(crate) fn first_open(&self) -> Option<&Folio> {
        self.folios.iter().find(|folio| folio.is_open())
    }

    pub(crate) fn find(&self, id: FolioId) -> Option<&Folio> {
        self.folios.iter().find(|folio| folio.id == id)
    }

    /// What a counter-line has to bring along when the line it takes back was moved to another folio: the move undone.
    pub(crate) fn move_undone(
        &self,
        line: &Line,
        posted: &[Posting],
    ) -> Result<Vec<Draft>, MoneyError> {
        let Some(id) = line.reverses else {
            return Ok(Vec::new());
        };
        let (moved, back) = (moved(id), moved_back(id));
        if posted.iter().any(|posting| posting.source == back) {
            return Ok(Vec::new());
        }
        let mut drafts = Vec::new();
        for twin in posted.iter().filter(|posting| posting.source == moved) {
            if let Some(folio) = self.find(twin.folio) {
                let amount = twin.amount.negated()?;
                let description = format!("Moved back: {}", twin.description);
                drafts.push(transfer(folio, &description, amount, &back));
            }
        }
        Ok(drafts)
    }
}

/// One of the two lines of a move.
pub(crate) fn transfer(folio: &Folio, description: &str, amount: Money, source: &str) -> Draft {
    Draft {
        folio: folio.clone(),
        line: Line {
            kind: PostingKind::Transfer,
            description: description.chars().take(200).collect(),
            service_date: None,
            amount,
            reverses: None,
            source: source.to_owned(),
            contra: None,
        },
    }
}

/// What the two lines are called by which a posting was moved.
pub(crate) fn moved(posting: PostingId) -> String {
    format!("moved:{posting}")
}

fn moved_back(posting: PostingId) -> String {
    format!("moved-back:{posting}")
}

/// What one of the lines of a move is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MovedPosting {
    pub(super) id: PostingId,
    pub(super) back: bool,
}

/// Reads what such a line is called; `None` for an amount that was split off.
pub(super) fn moved_posting(source: &str) -> Option<MovedPosting> {
    let (name, id) = source.split_once(':')?;
    let back = match name {
        "moved" => false,
        "moved-back" => true,
        _ => return None,
    };
    let id = id.parse().ok()?;
    Some(MovedPosting { id, back })
}
