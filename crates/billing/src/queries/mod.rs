//! Reading folios, the ledger and payment links. Nothing here writes.

mod account;
mod authorisations;
mod cards;
mod deposits;
mod folios;
mod intake;
mod ledger;
mod links;
mod payment_events;
mod payments;
mod postings;
mod reports;
mod revocations;

pub use account::{account, balance, folio_account, owed_back, owed_by_guests, refund_due};
pub(crate) use authorisations::{attempt_of, authorisations_ending};
pub use authorisations::{authorisation, authorisations};
pub use cards::{card, cards, kept_card};
pub use deposits::{deposit_policy, due};
pub(crate) use deposits::{payment_terms, terms_offered};
pub(crate) use folios::routing;
pub use folios::routing_rules;
pub use folios::{folio, folio_by_id, folios};
pub use intake::{EventOfSome, Incident, Intake, events_of_all, incidents, intake};
pub(crate) use ledger::{business_date, folio_sums};
pub use links::{open_link, payment_link, tenant_of_link};
pub use payment_events::{
    EventFilter, payment_event, payment_event_body, payment_events, tenant_of_event,
};
pub(crate) use payments::going_back;
pub use payments::{payment, payments, refund};
pub(crate) use postings::{find_posting, postings_of_booking};
pub use postings::{postings, statement};
pub use reports::report;
pub use revocations::{Revocation, revocations};
