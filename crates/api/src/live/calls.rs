//! Pages of calls: from memory where that suffices, else from the database up to the
//! same point as the figures, so that a page and the figure it explains agree.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared_types::{ActivityPage, UNATTRIBUTED};
use std::sync::atomic::Ordering;
use timeline::{MINUTE, MINUTES_KEPT, Micros, QUARTER, Span, Timeline, running_minute_end};

use super::bodies::Freshness;
use super::figures::Figures;
use super::rows::{self, Seen};
use super::{ActivityQuery, Audience, Body, Live, LiveError, Shared};
use crate::store::{AuditRow, Filter, Place, Reading, Speaking, StoreError};

/// How far matching calls are counted where the figures do not tell.
const COUNTED: i64 = 100_000;
/// How many gaps in ids a question may name; there are more only for moments.
pub(super) const GAPS_NAMED: usize = 100;

/// One page of calls.
pub(super) async fn page(
    shared: &Shared,
    query: &ActivityQuery,
    audience: Audience,
) -> Result<Body, LiveError> {
    let now = (shared.clock)();
    let span = Span {
        from: query.from.unwrap_or_else(|| shared.history_starts(now)),
        to: query.to.unwrap_or(Micros::MAX).min(running_minute_end(now)),
    };
    let after = match (&query.cursor, query.before_id) {
        (Some(cursor), _) => Some(read_cursor(cursor).ok_or(LiveError::BadCursor)?),
        (None, Some(id)) => Some(place_of(shared, id).await?),
        (None, None) => None,
    };
    let filter = {
        let live = shared.answering()?;
        if let Some(page) = from_memory(&live, query, span, after, now) {
            let body = Body::of(&for_audience(page, audience))?;
            return Ok(body.fresh(Freshness::by_minute(&live, now)));
        }
        filter(&live, query, span)
    };
    let page = from_database(shared, query, &filter, after, now).await?;
    Body::of(&for_audience(page, audience))
}

fn for_audience(mut page: ActivityPage, audience: Audience) -> ActivityPage {
    let shown = std::mem::take(&mut page.activities).into_iter();
    page.activities = shown.map(|call| audience.call(call)).collect();
    page
}

/// Whether nothing restricts which calls are shown.
fn is_plain(query: &ActivityQuery) -> bool {
    let ActivityQuery {
        mcp,
        status,
        errors_only,
        user,
        text,
        from,
        to,
        ..
    } = query;
    let times = from.is_none() && to.is_none();
    times && mcp.is_none() && status.is_none() && !errors_only && user.is_none() && text.is_none()
}

fn from_memory(
    figures: &Figures,
    query: &ActivityQuery,
    span: Span,
    after: Option<Place>,
    now: Micros,
) -> Option<ActivityPage> {
    if !is_plain(query) {
        return None;
    }
    let limit = usize::from(query.limit);
    let calls: Vec<&Seen> = figures
        .newest
        .page(span.to, after)
        .take(limit + 1)
        .collect();
    if calls.len() <= limit && figures.newest.is_cut() {
        return None;
    }
    let next = calls
        .get(limit)
        .and(calls.get(limit.wrapping_sub(1)))
        .map(|call| cursor(call.place()));
    let shown = calls.into_iter().take(limit);
    Some(ActivityPage {
        activities: shown
            .map(|call| call.shown(figures.email(call.user_id)))
            .collect(),
        next,
        matching: folded(figures, query, span, now)?,
        matching_capped: false,
        stale_since: figures.stale_since(),
    })
}

/// How many calls match, where the figures tell: by server, by outcome, in whole minutes.
fn folded(figures: &Figures, query: &ActivityQuery, span: Span, now: Micros) -> Option<u64> {
    if query.status.is_some() || query.user.is_some() || query.text.is_some() {
        return None;
    }
    let held =
        |at: Micros| at % QUARTER == 0 || (at % MINUTE == 0 && at >= now - MINUTES_KEPT + QUARTER);
    let reaches = span.from >= figures.timeline.reaches_back_to(now);
    if !held(span.from) || !held(span.to) || !reaches {
        return None;
    }
    let tally = match &query.mcp {
        None => figures.timeline.tally(span),
        Some(name) => {
            let mcps = figures.timeline.by_mcp(span);
            let folded = mcps.iter().any(|mcp| mcp.name == shared_types::OTHER);
            match mcps.into_iter().find(|mcp| &mcp.name == name) {
                Some(mcp) => mcp.tally,
                None if folded => return None,
                None => timeline::Tally::default(),
            }
        }
    };
    Some(if query.errors_only {
        tally.errors
    } else {
        tally.queries
    })
}

fn filter(figures: &Figures, query: &ActivityQuery, span: Span) -> Filter {
    let gaps = figures.gaps.intervals();
    Filter {
        from: span.from,
        to: span.to,
        up_to: figures.high,
        except: gaps.into_iter().rev().take(GAPS_NAMED).collect(),
        mcp: query
            .mcp
            .clone()
            .map(|name| (name != UNATTRIBUTED).then_some(name)),
        status: query.status.map(shared_types::CallStatus::as_str),
        errors_only: query.errors_only,
        user: query.user.clone(),
        tool: None,
        text: query.text.clone(),
    }
}

async fn from_database(
    shared: &Shared,
    query: &ActivityQuery,
    filter: &Filter,
    after: Option<Place>,
    now: Micros,
) -> Result<ActivityPage, LiveError> {
    let mut reading = begin(shared).await?;
    let limit = usize::from(query.limit);
    let rows = reading
        .page(filter, after, i64::from(query.limit) + 1)
        .await?;
    let more = rows.len() > limit;
    let price = shared.options.price;
    let seen = |row: AuditRow| Seen::of(&row, price);
    let calls: Vec<Seen> = rows.into_iter().take(limit).filter_map(seen).collect();
    let users: Vec<i64> = calls.iter().filter_map(|call| call.user_id).collect();
    let emails = reading.emails(&users).await?;
    let span = Span {
        from: filter.from,
        to: filter.to,
    };
    let known = folded(&*shared.answering()?, query, span, now);
    let (matching, matching_capped) = if let Some(matching) = known {
        (matching, false)
    } else {
        let counted = reading.count(filter, COUNTED).await?;
        (u64::try_from(counted).unwrap_or(0), counted >= COUNTED)
    };
    reading.close().await?;
    let email = |call: &Seen| {
        let user = emails.iter().find(|user| Some(user.id) == call.user_id)?;
        user.email.as_deref()
    };
    Ok(ActivityPage {
        next: calls
            .last()
            .filter(|_| more)
            .map(|call| cursor(call.place())),
        activities: calls.iter().map(|call| call.shown(email(call))).collect(),
        matching,
        matching_capped,
        stale_since: shared.figures.read().stale_since(),
    })
}

/// Where the row with this id stands.
async fn place_of(shared: &Shared, id: i64) -> Result<Place, LiveError> {
    if let Some(place) = shared.figures.read().newest.place(id) {
        return Ok(place);
    }
    let mut reading = begin(shared).await?;
    let place = reading.place(id).await?;
    reading.close().await?;
    place.ok_or(LiveError::CursorGone)
}

pub(super) async fn begin(shared: &Shared) -> Result<Reading, LiveError> {
    let speaking: Option<Speaking> = shared.speaking.read().clone();
    let speaking = speaking.ok_or_else(|| shared.figures.read().refusal())?;
    let reading = speaking.read().await.inspect_err(|error| {
        shared.failures.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(%error, "the database could not be asked for calls");
    });
    let figures = shared.figures.read();
    match reading {
        // Many wait for a database that is away.
        Err(StoreError::Busy) if figures.condition.stale_since.is_some() => Err(figures.refusal()),
        reading => Ok(reading?),
    }
}

fn cursor(place: Place) -> String {
    URL_SAFE_NO_PAD.encode(format!("1:{}:{}", place.at, place.id))
}

fn read_cursor(text: &str) -> Option<Place> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (at, id) = text.strip_prefix("1:")?.split_once(':')?;
    Some(Place {
        at: at.parse().ok()?,
        id: id.parse().ok()?,
    })
}

impl Live {
    /// A span older or finer than what is held, from the database's own rows. Bounded
    /// by the database's time limit.
    pub(super) async fn read_finer(&self, span: Span) -> Result<Timeline, LiveError> {
        let shared = &self.shared;
        let mut finer = Timeline::fine();
        let mut reading = begin(shared).await?;
        let price = shared.options.price;
        reading
            .span(span.from, span.to, |row| {
                rows::passing(row, price, |call| finer.add_fine(call));
            })
            .await?;
        reading.close().await?;
        Ok(finer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_junk_does_not() {
        let place = Place { at: -5, id: 42 };
        assert_eq!(read_cursor(&cursor(place)), Some(place));
        for junk in ["", "x", "MTo", "Mjo1OjY", "MToxOjI6Mw"] {
            assert_eq!(read_cursor(junk), None, "{junk}");
        }
    }
}
