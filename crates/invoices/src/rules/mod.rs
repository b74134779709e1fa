//! Pure rules: what goes on a document, what it is called, which taxes it holds, and what a credit note takes back.

mod credit;
mod lines;
mod outstanding;
mod tax_names;
mod tax_rows;
mod within;
mod words;

pub(crate) use credit::taken_back;
pub(crate) use lines::{charge_lines, money_lines, payment_lines};
pub(crate) use outstanding::{Coverage, Outstanding, is_money, outstanding, undone_left_out};
pub(crate) use tax_names::TaxNames;
pub(crate) use tax_rows::tax_rows;
