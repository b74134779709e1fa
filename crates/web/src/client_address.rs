use std::net::{IpAddr, Ipv4Addr};

use actix_web::{HttpRequest, web};

/// `web::Data<BehindProxy>`: whether a proxy of the installation's own stands before it, and says for whom it asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BehindProxy(pub bool);

/// The internet address a request comes from.
///
/// Behind a proxy it is the last one in `X-Forwarded-For`: that one the proxy wrote itself, while a visitor may have written
/// those before it. Without a proxy the header is anybody's word, and is not looked at. A request that came by no network (in a test)
/// has the address `0.0.0.0`.
pub fn client_address(request: &HttpRequest) -> IpAddr {
    let behind = request
        .app_data::<web::Data<BehindProxy>>()
        .is_some_and(|behind| behind.0);
    let forwarded = behind.then(|| forwarded(request)).flatten();
    forwarded
        .or_else(|| request.peer_addr().map(|peer| peer.ip()))
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
        .to_canonical()
}

fn forwarded(request: &HttpRequest) -> Option<IpAddr> {
    let last = request.headers().get_all("x-forwarded-for").last()?;
    let last = last.to_str().ok()?.rsplit(',').next()?;
    last.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(behind: bool, forwarded: &[&str]) -> String {
        let peer = std::net::SocketAddr::from(([192, 0, 2, 1], 4_000));
        let request = TestRequest::default()
            .peer_addr(peer)
            .app_data(web::Data::new(BehindProxy(behind)));
        let request = forwarded.iter().fold(request, |request, value| {
            request.append_header(("x-forwarded-for", *value))
        });
        client_address(&request.to_http_request()).to_string()
    }

    #[test]
    fn a_proxy_is_believed_only_where_there_is_one_and_only_its_own_word() {
        assert_eq!(seen(false, &["203.0.113.9"]), "192.0.2.1");
        assert_eq!(seen(true, &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen(true, &["10.0.0.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen(true, &["10.0.0.1", "2001:db8::7"]), "2001:db8::7");
        assert_eq!(seen(true, &["nonsense"]), "192.0.2.1");
        assert_eq!(seen(true, &[]), "192.0.2.1");
    }
}
