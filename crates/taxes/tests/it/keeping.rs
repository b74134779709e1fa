use motel_kernel::{Money, Party, TaxId};
use motel_taxes::{
    LevyError, TaxDetails, TaxableStay, TaxesError, Validity, commands, queries, reckon,
};

use crate::{city, cleaning, motel, new_year, state};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_is_read_back() {
    let (database, demo) = motel().await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let state = commands::create_tax(&mut tx, &demo.property, state())
        .await
        .unwrap();
    let city = commands::create_tax(&mut tx, &demo.property, city(&["state"]))
        .await
        .unwrap();
    let cleaning = commands::create_fee(&mut tx, &demo.property, cleaning())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let property = demo.property.id;
    let taxes = queries::taxes(&tx, property).await.unwrap();
    assert_eq!(taxes, [state.clone(), city.clone()]);
    assert_eq!(
        queries::fees(&tx, property).await.unwrap(),
        std::slice::from_ref(&cleaning)
    );
    assert_eq!(
        queries::tax(&mut tx, property, city.id).await.unwrap(),
        Some(city)
    );
    assert_eq!(
        queries::fee(&mut tx, property, cleaning.id).await.unwrap(),
        Some(cleaning)
    );
    assert_eq!(
        queries::tax(&mut tx, property, TaxId::new()).await.unwrap(),
        None
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_property_without_rows_charges_what_its_settings_say_and_each_kind_gives_way_by_itself() {
    let (database, demo) = motel().await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    // 12 % on top, and $20 a night for pets.
    let nights = [(new_year(), Money::new(10_000, demo.property.currency))];
    let stay = TaxableStay {
        nights: &nights,
        party: Party::new(2, 0, 1).unwrap(),
        child_ages: &[],
        flags: &[],
        units: 1,
    };
    let amounts = async |tx: &mut motel_db::TenantTx| {
        let levies = queries::levies(tx, &demo.property).await.unwrap();
        let reckoned = reckon(&levies, &stay).unwrap();
        (
            reckoned.pet_fee.minor(),
            reckoned.fee_total().unwrap().minor(),
            reckoned.tax_on_top().unwrap().minor(),
        )
    };
    assert_eq!(amounts(&mut tx).await, (2_000, 2_000, 1_440));

    commands::create_fee(&mut tx, &demo.property, cleaning())
        .await
        .unwrap();
    assert_eq!(amounts(&mut tx).await, (0, 4_500, 1_740));

    // 5 % of the room alone, and 1.50 for each of two.
    commands::create_tax(&mut tx, &demo.property, state())
        .await
        .unwrap();
    commands::create_tax(&mut tx, &demo.property, city(&[]))
        .await
        .unwrap();
    assert_eq!(amounts(&mut tx).await, (0, 4_500, 800));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_together_is_refused() {
    let (database, demo) = motel().await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let refused = commands::create_tax(&mut tx, &demo.property, city(&["vat"])).await;
    assert!(matches!(
        refused,
        Err(TaxesError::Unfit(LevyError::UnknownBase { .. }))
    ));

    let vat = TaxDetails {
        code: "vat".to_owned(),
        ..city(&[])
    };
    let vat = commands::create_tax(&mut tx, &demo.property, vat)
        .await
        .unwrap();
    let city_tax = commands::create_tax(&mut tx, &demo.property, city(&["vat"]))
        .await
        .unwrap();

    let circle = TaxDetails {
        on_top_of: vec!["city".to_owned()],
        ..vat.details.clone()
    };
    let refused = commands::replace_tax(&mut tx, &demo.property, vat.id, circle, None).await;
    assert!(
        matches!(refused, Err(TaxesError::Unfit(LevyError::Cycle { .. }))),
        "{refused:?}"
    );

    let refused = commands::delete_tax(&mut tx, &demo.property, vat.id, None).await;
    assert!(matches!(
        refused,
        Err(TaxesError::Unfit(LevyError::UnknownBase { .. }))
    ));

    let refused = commands::create_tax(&mut tx, &demo.property, city(&[])).await;
    assert!(matches!(
        refused,
        Err(TaxesError::Unfit(LevyError::Overlapping { .. }))
    ));

    commands::delete_tax(&mut tx, &demo.property, city_tax.id, Some(1))
        .await
        .unwrap();
    commands::delete_tax(&mut tx, &demo.property, vat.id, Some(1))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tax_changes_by_date_under_one_code_and_by_version() {
    let (database, demo) = motel().await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    let until = Validity {
        from: None,
        until: Some(new_year()),
    };
    let from = Validity {
        from: Some(new_year()),
        until: None,
    };
    let old = commands::create_tax(
        &mut tx,
        &demo.property,
        TaxDetails {
            validity: until,
            ..city(&[])
        },
    )
    .await
    .unwrap();
    commands::create_tax(
        &mut tx,
        &demo.property,
        TaxDetails {
            validity: from,
            ..city(&[])
        },
    )
    .await
    .unwrap();

    let renamed = TaxDetails {
        name: "Tourist tax".to_owned(),
        ..old.details.clone()
    };
    let changed = commands::replace_tax(&mut tx, &demo.property, old.id, renamed.clone(), Some(1))
        .await
        .unwrap();
    assert_eq!(
        (changed.version, changed.details.name.as_str()),
        (2, "Tourist tax")
    );
    let stale = commands::replace_tax(&mut tx, &demo.property, old.id, renamed, Some(1)).await;
    assert!(matches!(stale, Err(TaxesError::Stale { current: 2 })));
    let stale = commands::delete_tax(&mut tx, &demo.property, old.id, Some(1)).await;
    assert!(matches!(stale, Err(TaxesError::Stale { current: 2 })));
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_made_at_the_same_moment_one_is_refused() {
    let (database, demo) = motel().await;
    let mut first = database.db().tenant(demo.tenant).await.unwrap();
    let mut second = database.db().tenant(demo.tenant).await.unwrap();
    commands::create_fee(&mut first, &demo.property, cleaning())
        .await
        .unwrap();
    // The second does not see the first, which is not committed; PostgreSQL makes it wait and then refuses it.
    let (committed, refused) = tokio::join!(
        first.commit(),
        commands::create_fee(&mut second, &demo.property, cleaning())
    );
    committed.unwrap();
    let refused = refused.unwrap_err();
    assert!(
        ["levy_overlaps", "unfit_levies"].contains(&refused.code()),
        "{refused:?}"
    );
}
