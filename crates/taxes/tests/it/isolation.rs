use motel_taxes::{TaxesError, commands, queries};
use motel_tenancy::testing::other_tenant;

use crate::{city, cleaning, motel};

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_neither_reads_nor_changes_our_taxes() {
    let (database, ours) = motel().await;
    let theirs = other_tenant(&database).await;
    let mut tx = database.db().tenant(ours.tenant).await.unwrap();
    let tax = commands::create_tax(&mut tx, &ours.property, city(&[]))
        .await
        .unwrap();
    let fee = commands::create_fee(&mut tx, &ours.property, cleaning())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let mut tx = database.db().tenant(theirs.tenant).await.unwrap();
    let property = ours.property.id;
    assert_eq!(queries::taxes(&tx, property).await.unwrap(), []);
    assert_eq!(queries::fees(&tx, property).await.unwrap(), []);
    assert_eq!(queries::tax(&mut tx, property, tax.id).await.unwrap(), None);
    assert_eq!(queries::fee(&mut tx, property, fee.id).await.unwrap(), None);
    let replaced = commands::replace_tax(&mut tx, &ours.property, tax.id, city(&[]), None).await;
    assert!(matches!(replaced, Err(TaxesError::NotFound { .. })));
    let deleted = commands::delete_fee(&mut tx, &ours.property, fee.id, None).await;
    assert!(matches!(deleted, Err(TaxesError::NotFound { .. })));
    let created = commands::create_tax(&mut tx, &ours.property, city(&[])).await;
    assert!(
        matches!(created, Err(TaxesError::Sql(_))),
        "the foreign key carries the tenant"
    );
}
