use super::people::{Visitor, expired, half_admitted, revoked, signed_out, tenant};
use super::pins::Pins;
use super::routes::{self, Route};
use super::{tokens, unguarded};
use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn no_route_lets_a_stranger_in() {
    let desk = Desk::open().await;
    let (routes, pins) = (routes::all(), Pins::read());
    assert_eq!(pins.stale(&routes), Vec::<String>::new(), "strike them off");
    let ours = tenant(&desk, "remotemotel").await;
    for (who, visitor) in [
        ("nobody", Visitor::Nobody),
        ("who signed out", signed_out(&desk, ours).await),
        ("a key that was revoked", revoked(&desk, ours).await),
        ("a key that is over", expired(&desk, ours).await),
        (
            "a token that nobody signed",
            tokens::unsigned(&desk, ours).await,
        ),
        (
            "a token of another installation",
            tokens::foreign(&desk, ours).await,
        ),
        ("a token that is over", tokens::expired(&desk, ours).await),
        (
            "a token whose key was revoked",
            tokens::orphaned(&desk, ours).await,
        ),
        (
            "who has yet to show a code",
            half_admitted(&desk, ours).await,
        ),
        (
            "a forged cookie",
            Visitor::Cookie("remotemotel=x".to_owned()),
        ),
    ] {
        let ask = async |route: &Route| visitor.knock(&desk, route).await;
        assert_eq!(
            unguarded(&routes, &pins, ask).await,
            Vec::<String>::new(),
            "{who}"
        );
    }
}
