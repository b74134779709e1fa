use chrono::NaiveDate;
use motel_kernel::{BasisPoints, Money, PostingId};
use serde::{Deserialize, Serialize};

/// A line of a document: one posting of its folio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLine {
    /// From 1. A line of a credit note has the number it has on the invoice.
    pub position: i32,
    /// Which posting.
    pub posting: PostingId,
    /// The night or day it is about, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// A few words, in the document's language as far as the house chose them.
    pub description: String,
    /// How much.
    pub amount: Money,
    /// The tax it is, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<TaxName>,
    /// Taxes that its amount holds, where they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<TaxWithin>,
}

/// A tax as a document names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxName {
    /// The word programs use.
    pub code: String,
    /// As it stands on the bill.
    pub name: String,
    /// How much of the price, where it is a share of it and known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<BasisPoints>,
}

/// The part of an amount that is tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxWithin {
    /// Which tax.
    pub tax: TaxName,
    /// How much of it.
    pub amount: Money,
}

/// Money that came in, as an invoice mentions it; below nothing what went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLine {
    /// On which day at the property.
    pub date: NaiveDate,
    /// By which way.
    pub description: String,
    /// How much.
    pub amount: Money,
}
