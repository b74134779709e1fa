use std::cell::Cell;
use std::net::IpAddr;

use motel_kernel::Actor;
use uuid::Uuid;

tokio::task_local! {
    static ACTING: Cell<Acting>;
}

/// On whose word the present task works, in which request and from where. Transactions take it along, for the log of what was changed
/// (`motel-audit`). A task of its own (`tokio::spawn`) begins without, and so works for the house, unless it is
/// [carried](Self::carried) along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acting {
    by: By,
    request: Option<Uuid>,
    address: Option<IpAddr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// Somebody of whom nobody knows yet who it is.
    Visitor,
    Known(Actor),
    Job(&'static str),
    Operator,
}

impl Acting {
    /// In a request of which nobody knows yet whose it is.
    pub fn in_request(request: Option<Uuid>, address: IpAddr) -> Self {
        Self {
            by: By::Visitor,
            request,
            address: Some(address),
        }
    }

    /// As a job of this program, or a chore of it, by its name in the code.
    pub fn as_job(name: &'static str) -> Self {
        Self::alone(By::Job(name))
    }

    /// As whoever runs this installation, at its command line.
    pub fn as_operator() -> Self {
        Self::alone(By::Operator)
    }

    fn alone(by: By) -> Self {
        Self {
            by,
            request: None,
            address: None,
        }
    }

    /// Does some work in a task of its own as whoever acts here: `tokio::spawn(Acting::carried(work))`.
    pub fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> + use<F> {
        let acting = ACTING.try_with(Cell::get).ok();
        async move {
            match acting {
                Some(acting) => acting.scope(work).await,
                None => work.await,
            }
        }
    }

    /// Does some work so.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        ACTING.scope(Cell::new(self), work).await
    }

    /// Notes who it was found to be; for the transactions that begin from now on. Who is known by a session or a key stays so, whatever
    /// is found afterwards about guests. Outside a scope it means nothing.
    pub fn note(actor: Actor) {
        // No scope, nobody to note.
        let _ = ACTING.try_with(|acting| {
            let before = acting.get();
            if certainty(By::Known(actor)) >= certainty(before.by) {
                acting.set(Self {
                    by: By::Known(actor),
                    ..before
                });
            }
        });
    }

    /// What a transaction says of it when it begins: nothing outside a scope. Only ids, words of this program and an address are ever put
    /// into this text. From where guests come is nobody's business.
    pub(crate) fn statement() -> String {
        let Ok(acting) = ACTING.try_with(Cell::get) else {
            return String::new();
        };
        let by = match acting.by {
            By::Visitor => "visitor".to_owned(),
            By::Known(actor) => actor.to_string(),
            By::Job(name) => format!("system:{}", name.replace(['\'', '|'], "")),
            By::Operator => "operator".to_owned(),
        };
        let request = acting.request.map(|it| it.to_string()).unwrap_or_default();
        let at_work = matches!(acting.by, By::Known(Actor::Staff(_) | Actor::ApiKey(_)));
        let address = acting.address.filter(|_| at_work);
        let address = address.map(|it| it.to_string()).unwrap_or_default();
        format!("; SET LOCAL app.origin = '{by}|{request}|{address}'")
    }
}

/// How sure it is who somebody is.
fn certainty(by: By) -> u8 {
    match by {
        By::Visitor => 0,
        By::Known(Actor::Guest) => 1,
        By::Known(Actor::Concierge | Actor::System) => 2,
        By::Known(Actor::Staff(_) | Actor::ApiKey(_)) | By::Job(_) | By::Operator => 3,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::StaffId;

    use super::*;

    fn origin(by: &str) -> String {
        format!("; SET LOCAL app.origin = '{by}'")
    }

    #[tokio::test]
    async fn who_acts_is_known_within_a_scope_and_only_there() {
        assert_eq!(Acting::statement(), "");
        Acting::note(Actor::Guest);
        assert_eq!(Acting::statement(), "");
        let request = Uuid::nil();
        let acting = Acting::in_request(Some(request), "192.0.2.7".parse().unwrap());
        let said = async {
            let visitor = Acting::statement();
            Acting::note(Actor::Guest);
            (visitor, Acting::statement())
        };
        let (visitor, guest) = acting.scope(said).await;
        assert_eq!(visitor, origin(&format!("visitor|{request}|")));
        assert_eq!(guest, origin(&format!("guest|{request}|")));
        assert_eq!(Acting::statement(), "");
    }

    #[tokio::test]
    async fn who_is_known_for_sure_stays_so() {
        let (dana, eva) = (StaffId::new(), StaffId::new());
        let acting = Acting::in_request(None, "2001:db8::1".parse().unwrap());
        let said = async {
            Acting::note(Actor::Staff(dana));
            Acting::note(Actor::Guest);
            Acting::note(Actor::Concierge);
            let first = Acting::statement();
            Acting::note(Actor::Staff(eva));
            (first, Acting::statement())
        };
        let (first, second) = acting.scope(said).await;
        assert_eq!(first, origin(&format!("staff:{dana}||2001:db8::1")));
        assert_eq!(second, origin(&format!("staff:{eva}||2001:db8::1")));
    }

    #[tokio::test]
    async fn a_task_of_its_own_works_for_the_house_unless_it_is_carried_along() {
        let spawned = Acting::as_operator().scope(async {
            let alone = tokio::spawn(async { Acting::statement() });
            let carried = tokio::spawn(Acting::carried(async { Acting::statement() }));
            (alone.await.unwrap(), carried.await.unwrap())
        });
        assert_eq!(spawned.await, (String::new(), origin("operator||")));
        assert_eq!(Acting::carried(async { Acting::statement() }).await, "");
    }

    #[tokio::test]
    async fn jobs_and_operators_say_so() {
        let job = Acting::as_job("tenancy.purge");
        let said = job.scope(async { Acting::statement() }).await;
        assert_eq!(said, origin("system:tenancy.purge||"));
        let said = Acting::as_operator()
            .scope(async { Acting::statement() })
            .await;
        assert_eq!(said, origin("operator||"));
        let odd = Acting::as_job("it's|odd");
        let said = odd.scope(async { Acting::statement() }).await;
        assert_eq!(said, origin("system:itsodd||"));
    }
}
