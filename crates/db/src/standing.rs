use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;

/// A statement that each connection prepares once, and from then on only runs.
///
/// Diesel prepares every `UPDATE`, and every `INSERT` that may leave a column to its default, anew each time it is run, because
/// the text can differ from one run to the next: a trip to the database and a plan more. Here the text itself is what a
/// connection knows the statement by. For statements with few different texts; not for inserts of so many rows at a time.
#[derive(Debug, Clone, Copy)]
pub struct Standing<Q>(pub Q);

impl<Q: Query> Query for Standing<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> QueryId for Standing<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Standing<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}
