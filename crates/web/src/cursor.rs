use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{FieldErrors, Input, Problem, ValidQuery};

/// The most things one page shows.
pub const LARGEST_PAGE: i64 = 200;

const USUAL_PAGE: i64 = 50;
const LONGEST_CURSOR: usize = 1_000;

/// Which part of a list is wanted: `?limit=1..200&cursor=…`.
///
/// It reads only its own two fields of the query string, so it stands beside a [`ValidQuery`] of filters. A list has one
/// order; the cursor holds the key of the last thing shown, and the next page begins after it. What is added or removed
/// meanwhile neither repeats nor skips anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CursorQuery {
    limit: i64,
    cursor: Option<String>,
}

/// The same as it arrives, and as the OpenAPI document shows it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CursorParams {
    /// The most things to answer; 50 unless told.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl CursorQuery {
    /// The first page of the usual size.
    pub fn first() -> Self {
        Self {
            limit: USUAL_PAGE,
            cursor: None,
        }
    }

    /// How many rows to fetch: one more than are shown, which tells whether there is a next page.
    pub fn fetch(&self) -> i64 {
        self.limit + 1
    }

    /// The key after which the page begins; `None` at the start of the list.
    ///
    /// # Errors
    /// 422 for a cursor that this list never gave out.
    pub fn after<K: DeserializeOwned>(&self) -> Result<Option<K>, Problem> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        BASE64_URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|json| serde_json::from_slice(&json).ok())
            .map(Some)
            .ok_or_else(|| Problem::invalid("cursor", "is none that was given out here"))
    }
}

impl Input for CursorQuery {
    type Raw = CursorParams;

    fn parse(raw: CursorParams) -> Result<Self, FieldErrors> {
        let limit = raw.limit.unwrap_or(USUAL_PAGE);
        if !(1..=LARGEST_PAGE).contains(&limit) {
            return Err(FieldErrors::of(
                "limit",
                format_args!("must lie between 1 and {LARGEST_PAGE}"),
            ));
        }
        let cursor = raw.cursor.filter(|cursor| !cursor.is_empty());
        if cursor.as_ref().is_some_and(|c| c.len() > LONGEST_CURSOR) {
            return Err(FieldErrors::of("cursor", "is none that was given out here"));
        }
        Ok(Self { limit, cursor })
    }
}

impl FromRequest for CursorQuery {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let read = ValidQuery::<Self>::from_request(request, payload).into_inner();
        ready(read.map(|ValidQuery(query)| query))
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CursorPage<T> {
    /// The things, in the list's order.
    pub data: Vec<T>,
    /// Ask for the next page with it; `null` at the end of the list.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

impl<T> CursorPage<T> {
    /// The page made of the rows that [`CursorQuery::fetch`] asked for; `key` is what the list is ordered by and must
    /// tell any two rows apart.
    ///
    /// # Errors
    /// An internal problem when a key does not fit JSON.
    pub fn cut<K: Serialize>(
        mut rows: Vec<T>,
        query: &CursorQuery,
        key: impl Fn(&T) -> K,
    ) -> Result<Self, Problem> {
        let shown = usize::try_from(query.limit).map_err(Problem::internal)?;
        let more = rows.len() > shown;
        rows.truncate(shown);
        let next_cursor = match rows.last().filter(|_| more) {
            Some(last) => {
                let json = serde_json::to_vec(&key(last)).map_err(Problem::internal)?;
                Some(BASE64_URL_SAFE_NO_PAD.encode(json))
            }
            None => None,
        };
        Ok(Self {
            data: rows,
            next_cursor,
        })
    }

    /// The same page in other words.
    pub fn map<U>(self, show: impl FnMut(T) -> U) -> CursorPage<U> {
        CursorPage {
            data: self.data.into_iter().map(show).collect(),
            next_cursor: self.next_cursor,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn query(limit: Option<i64>, cursor: Option<String>) -> Result<CursorQuery, FieldErrors> {
        CursorQuery::parse(CursorParams { limit, cursor })
    }

    /// What a list of the numbers 1 to 7 answers.
    fn page(query: &CursorQuery) -> CursorPage<i64> {
        let after: Option<i64> = query.after().unwrap();
        let rows = (1..=7)
            .filter(|n| after.is_none_or(|after| *n > after))
            .take(usize::try_from(query.fetch()).unwrap());
        CursorPage::cut(rows.collect(), query, |n| *n).unwrap()
    }

    #[test]
    fn the_pages_together_are_the_list() {
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = page(&query(Some(3), cursor).unwrap());
            assert!(page.data.len() <= 3);
            seen.extend(page.data);
            match page.next_cursor {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn a_page_that_is_just_full_is_the_last_one() {
        assert_eq!(page(&query(Some(7), None).unwrap()).next_cursor, None);
    }

    #[test]
    fn made_up_cursors_and_limits_are_refused() {
        for limit in [0, -1, 201, i64::MAX] {
            assert!(query(Some(limit), None).is_err(), "{limit}");
        }
        assert!(query(None, Some("x".repeat(1_001))).is_err());
        for cursor in ["x", "%", "bm8"] {
            let query = query(None, Some(cursor.to_owned())).unwrap();
            assert!(query.after::<i64>().is_err(), "{cursor}");
        }
    }
}
