use motel_db::TenantTx;
use motel_kernel::{Email, InvoiceId};

use crate::{Invoice, InvoiceError, InvoiceSent, queries};

/// Has a document mailed to somebody, with the PDF attached, once the transaction is committed. Sent again it is another mail.
///
/// # Errors
/// [`InvoiceError::NotFound`].
pub async fn send(tx: &mut TenantTx, id: InvoiceId, to: Email) -> Result<Invoice, InvoiceError> {
    let invoice = queries::invoice(tx, id).await?;
    let event = InvoiceSent { invoice_id: id, to };
    motel_jobs::publish(tx, &event).await?;
    Ok(invoice)
}
