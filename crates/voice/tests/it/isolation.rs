use motel_tenancy::testing::other_tenant;
use motel_voice::commands::{WhichTurn, end_call, hang_up, take_turn};
use motel_voice::{CallStatus, Provider, ProviderCallId, VoiceError, queries};

use crate::stage::{Stage, speech};

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_neither_sees_nor_touches_a_call() {
    let stage = Stage::new().await;
    let call = stage.ring("CA1").await.call;
    let theirs = other_tenant(&stage.test).await;

    let mut tx = stage.test.db().tenant(theirs.tenant).await.unwrap();
    let sid = ProviderCallId::parse("CA1").unwrap();
    assert_eq!(queries::recent(&mut tx, 10).await.unwrap(), []);
    assert!(matches!(
        queries::find(&mut tx, call.id).await,
        Err(VoiceError::NoSuchCall)
    ));
    let by_name = queries::find_by_provider_id(&mut tx, Provider::Twilio, &sid).await;
    assert!(matches!(by_name, Err(VoiceError::NoSuchCall)));
    end_call(&mut tx, call.id, CallStatus::Completed)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let spoken = take_turn(
        &stage.desk,
        &theirs.property,
        call.id,
        WhichTurn::Next,
        speech("hello"),
    )
    .await;
    assert!(matches!(spoken, Err(VoiceError::NoSuchCall)));
    let hung_up = hang_up(&stage.desk, theirs.tenant, call.id).await;
    assert!(matches!(hung_up, Err(VoiceError::NoSuchCall)));

    assert_eq!(stage.call(call.id).await, call);
    assert!(stage.script.asked().is_empty());
}
