use motel_conversations::Channel;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER};

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_hears_of_a_booking() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let mut line = clerk.listen().await;
    motel.book("Ana Souza", 3, 1).await;
    assert_eq!(
        line.next().await,
        "event: news\ndata: booking.confirmed\n\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_one_tenant_stays_there() {
    let motel = Motel::open().await;
    let mut clerk = Clerk::signed_in(&motel, STRANGER).await;
    let mut line = clerk.listen().await;
    motel.book("Ana Souza", 3, 1).await;
    let mut tx = motel.test.db().tenant(motel.other.tenant).await.unwrap();
    let talk = motel_conversations::commands::start(&mut tx, Channel::Web)
        .await
        .unwrap();
    motel_conversations::commands::hand_over(&mut tx, talk.id)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        line.next().await,
        "event: news\ndata: conversation.handed_over\n\n"
    );
}
