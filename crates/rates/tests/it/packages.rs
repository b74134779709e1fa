use motel_rates::{DateWindow, PackageDetails, PackageEffect, RatesError, commands, queries};
use motel_taxes::Per;
use motel_tenancy::testing::other_tenant;

use crate::{Motel, day, noon, request, stay};

fn wine() -> PackageDetails {
    PackageDetails {
        code: "wine".to_owned(),
        name: "Wine evening".to_owned(),
        description: String::new(),
        active: true,
        contents: vec!["a bottle of wine".to_owned()],
        effect: PackageEffect::Extra {
            amount_minor: 1_500,
            per: Per::PersonNight,
        },
        booking: DateWindow {
            from: None,
            until: Some(day(5)),
        },
        stay: DateWindow {
            from: Some(day(2)),
            until: Some(day(20)),
        },
        rate_plans: Vec::new(),
    }
}

fn winter() -> PackageDetails {
    PackageDetails {
        code: "winter".to_owned(),
        name: "Winter sale".to_owned(),
        effect: PackageEffect::Discount {
            basis_points: 1_250,
        },
        booking: DateWindow::default(),
        stay: DateWindow::default(),
        ..wine()
    }
}

/// Code and total of the packages that go with the queen, searched on a day.
async fn offered(motel: &Motel, arrival: u64, searched: u64) -> Vec<(String, i64)> {
    let tx = motel.tx().await;
    let request = request(stay(arrival, 2), 2, 0, 0);
    let found = queries::search(&tx, &motel.property, &request, noon(searched))
        .await
        .unwrap();
    let packages = found.offers[0].cheapest().packages.iter();
    packages
        .map(|package| (package.code.clone(), package.total().minor()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_has_its_price_and_is_over_when_its_dates_say_so() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let property = motel.property.id;
    commands::create_package(&mut tx, property, wine())
        .await
        .unwrap();
    commands::create_package(&mut tx, property, winter())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    // Wednesday and Thursday, 120 each: and 2 × 2 × 15, all with 12 %. Or 105 each.
    let both = [("wine".to_owned(), 33_600), ("winter".to_owned(), 23_520)];
    assert_eq!(offered(&motel, 8, 0).await, both);
    // A night outside its own: only the sale. So after the last day of booking.
    let sale = ["winter".to_owned()];
    let codes = |offered: Vec<(String, i64)>| {
        offered
            .into_iter()
            .map(|(code, _)| code)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(offered(&motel, 1, 0).await), sale);
    assert_eq!(codes(offered(&motel, 19, 0).await), sale);
    assert_eq!(codes(offered(&motel, 8, 4).await), ["wine", "winter"]);
    assert_eq!(codes(offered(&motel, 8, 5).await), sale);

    let mut tx = motel.tx().await;
    let mut valid = async |today| {
        let valid = queries::valid_packages(&mut tx, property, today)
            .await
            .unwrap();
        valid
            .into_iter()
            .map(|package| package.details.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(valid(day(4)).await, ["wine", "winter"]);
    assert_eq!(valid(day(5)).await, ["winter"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn packages_belong_to_plans_and_have_versions_and_a_tenant() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let property = motel.property.id;
    let other_plan = PackageDetails {
        rate_plans: vec![motel_kernel::RatePlanId::new()],
        ..winter()
    };
    let made = commands::create_package(&mut tx, property, other_plan)
        .await
        .unwrap();
    let taken = commands::create_package(&mut tx, property, winter()).await;
    assert!(matches!(taken, Err(RatesError::CodeTaken { .. })));
    // The failed statement ended the transaction.
    drop(tx);
    let mut tx = motel.tx().await;
    assert_eq!(
        queries::package(&mut tx, property, made.id).await.unwrap(),
        None
    );
    let made = commands::create_package(&mut tx, property, made.details)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(offered(&motel, 8, 0).await, []);

    let mut tx = motel.tx().await;
    let changed = commands::change_package(&mut tx, property, made.id, wine(), Some(1))
        .await
        .unwrap();
    assert_eq!(
        queries::packages(&tx, property).await.unwrap(),
        std::slice::from_ref(&changed)
    );
    let stale = commands::remove_package(&mut tx, property, made.id, Some(1)).await;
    assert!(matches!(stale, Err(RatesError::Stale { current: 2 })));
    tx.commit().await.unwrap();

    let theirs = other_tenant(&motel.database).await;
    let mut tx = motel.database.db().tenant(theirs.tenant).await.unwrap();
    assert_eq!(queries::packages(&tx, property).await.unwrap(), []);
    let removed = commands::remove_package(&mut tx, property, changed.id, None).await;
    assert!(matches!(removed, Err(RatesError::Unknown { .. })));
}
