use chrono::NaiveDate;
use motel_kernel::{FolioId, Money};

use crate::LedgerAccount;

motel_db::text_enum! {
    /// A way to look at the ledger. All are cuts of the same lines.
    pub enum Report {
        /// Every account: what it came to before, what went in and out, what it came to after. All together nothing.
        TrialBalance = "trial-balance",
        /// Money in and out by way of paying.
        Payments = "payments",
        /// What is held for guests, folio by folio.
        Deposits = "deposits",
        /// What was collected, tax by tax.
        Taxes = "taxes",
        /// What was earned, day by day and by what was sold.
        DailyRevenue = "daily-revenue",
    }
}

/// One row of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Of one day; `None` when it is of all of them.
    pub day: Option<NaiveDate>,
    /// Which account.
    pub account: LedgerAccount,
    /// Of one folio, and the code of its booking; `None` when it is of all of them.
    pub folio: Option<(FolioId, String)>,
    /// What it came to before the first day. Debits are above nothing, credits below.
    pub opening: Money,
    /// What was debited.
    pub debits: Money,
    /// What was credited, above nothing.
    pub credits: Money,
    /// What it came to after the last day.
    pub closing: Money,
}
