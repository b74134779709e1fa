//! A business with two properties.

use diesel_async::SimpleAsyncConnection;
use motel_kernel::PropertyId;
use serde_json::{Value, json};

use crate::house::{House, proof, room};

fn at(property: impl ToString, mut arguments: Value) -> Value {
    arguments["property"] = json!(property.to_string());
    arguments
}

#[tokio::test(flavor = "multi_thread")]
async fn which_property_is_meant_has_to_be_said_and_none_tells_of_the_other() {
    let house = House::open().await;
    let who = house.assistant().await;
    let motel = house.motel.property.id;
    let total = house.price(&who, 1).await;
    let booked = house.call(&who, "book_room", room(1, &total, 1)).await;
    let proof = proof(&booked.unwrap());

    let barn = PropertyId::new();
    let sql = format!(
        r#"INSERT INTO tenancy.properties SELECT (jsonb_populate_record(p, '{{"id": "{barn}", "code": "BARN", "name": "The barn"}}')).*
           FROM tenancy.properties p WHERE id = '{motel}'"#
    );
    house.test.admin().await.batch_execute(&sql).await.unwrap();
    let listed = house.desk.listed(who.tenant, who.permissions).await;
    let schema = &listed.unwrap()[0].input_schema;
    let ids = schema["properties"]["property"]["enum"].as_array();
    assert_eq!(ids.unwrap().len(), 2);

    for unclear in [
        proof.clone(),
        at("the barn", proof.clone()),
        at(PropertyId::new(), proof.clone()),
    ] {
        let refusal = house.refused(&who, "look_up_booking", unclear).await;
        assert_eq!(refusal.code, "invalid_input");
    }
    for tool in ["look_up_booking", "cancel_booking", "create_payment_link"] {
        let refusal = house.refused(&who, tool, at(barn, proof.clone())).await;
        assert_eq!(refusal.code, "not_found", "{tool}");
    }
    let seen = house.call(&who, "look_up_booking", at(motel, proof)).await;
    assert_eq!(seen.unwrap()["status"], "confirmed");
}
