use motel_web::{CursorPage, CursorQuery, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The page of a short list that was read whole, in the order of `key`.
pub(super) fn page<T, K: Ord + Serialize + DeserializeOwned>(
    mut rows: Vec<T>,
    query: &CursorQuery,
    key: impl Fn(&T) -> K,
) -> Result<CursorPage<T>, Problem> {
    let after: Option<K> = query.after()?;
    rows.sort_by_key(&key);
    rows.retain(|row| after.as_ref().is_none_or(|after| key(row) > *after));
    rows.truncate(usize::try_from(query.fetch()).map_err(Problem::internal)?);
    CursorPage::cut(rows, query, key)
}
