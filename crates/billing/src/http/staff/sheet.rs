//! A report as a table, amounts in major units.

use crate::ReportRow;

const HEAD: [&str; 9] = [
    "day", "account", "detail", "booking", "currency", "opening", "debits", "credits", "closing",
];

pub(super) fn sheet(rows: &[ReportRow]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD)?;
    for row in rows {
        writer.write_record([
            row.day.map(|day| day.to_string()).unwrap_or_default(),
            row.account.kind.to_string(),
            row.account.detail.clone(),
            row.folio
                .as_ref()
                .map(|(_, code)| code.clone())
                .unwrap_or_default(),
            row.closing.currency().to_string(),
            row.opening.to_decimal_string(),
            row.debits.to_decimal_string(),
            row.credits.to_decimal_string(),
            row.closing.to_decimal_string(),
        ])?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}
