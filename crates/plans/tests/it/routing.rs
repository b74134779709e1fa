use motel_plans::{Meter, Route, commands, queries};

use crate::operator::Operator;

#[tokio::test(flavor = "multi_thread")]
async fn the_cheapest_way_goes_by_the_longest_prefix_of_each_carrier() {
    let operator = Operator::without_subscription().await;
    let mut tx = operator.test.db().platform("a test").await.unwrap();
    for (provider, prefix, price_micros, active) in [
        ("twilio", "", 9_000, true),
        ("twilio", "1", 7_000, true),
        ("vonage", "", 8_000, true),
        ("vonage", "1518", 6_500, true),
        ("bargain", "", 1, false),
    ] {
        let route = Route {
            meter: Meter::Sms,
            provider: provider.to_owned(),
            prefix: prefix.to_owned(),
            price_micros,
            active,
        };
        commands::put_route(&mut tx, &route).await.unwrap();
    }
    for (number, provider, price) in [
        ("15185550142", "vonage", 6_500),
        ("12125550142", "twilio", 7_000),
        ("4930123456", "vonage", 8_000),
        ("", "vonage", 8_000),
    ] {
        let found = queries::cheapest(&mut tx, Meter::Sms, number)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (found.provider.as_str(), found.price_micros),
            (provider, price),
            "{number}"
        );
    }
    let price = queries::price_of(&mut tx, Meter::Sms, "twilio", "4930")
        .await
        .unwrap();
    assert_eq!(price, Some(9_000));
    let unknown = queries::price_of(&mut tx, Meter::Sms, "nobody", "4930")
        .await
        .unwrap();
    assert_eq!(unknown, None);
}
