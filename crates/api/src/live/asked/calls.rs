//! Single calls: the newest, the slowest, the dearest.

use grammar::{Calls, Measure};
use shared_types::Activity;
use timeline::{Span, Zone, running_minute_end};

use super::filter::counted;
use super::window::Stretch;
use super::{State, written};
use crate::live::calls::begin;
use crate::live::rows::Seen;
use crate::live::{LiveError, Shared};
use crate::store::{Email, Filter, Top};

/// Calls, in the order that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldCalls {
    /// Of which time; none: whenever.
    pub span: Option<Span>,
    /// Secrets in what was asked are hidden.
    pub calls: Vec<Activity>,
    /// How good they are.
    pub state: State,
    /// SQL that finds the same.
    pub sql: Option<String>,
}

pub(super) async fn told(
    shared: &Shared,
    asked: &Calls,
    zone: &Zone,
) -> Result<ToldCalls, LiveError> {
    let now = (shared.clock)();
    let asked_of = asked.when.map(|when| Stretch::of(when, None, now, zone));
    let asked_of = asked_of.transpose()?.map(|stretch| stretch.span);
    let span = asked_of.unwrap_or_else(|| Span {
        from: shared.history_starts(now),
        to: running_minute_end(now),
    });
    let plain = asked.filter == grammar::Filter::default() && asked.by.is_none();
    let (held, filter, state) = {
        let figures = shared.answering()?;
        let limit = usize::from(asked.limit);
        let held = (plain && asked_of.is_none()).then(|| {
            let newest = figures.newest.page(span.to, None).take(limit);
            let newest = newest.map(|call| call.shown(figures.email(call.user_id)));
            newest.collect::<Vec<Activity>>()
        });
        let enough = |held: &Vec<Activity>| held.len() == limit || !figures.newest.is_cut();
        (
            held.filter(enough),
            counted(&figures, &asked.filter, span),
            State::of(&figures, now),
        )
    };
    let calls = match held {
        Some(held) => held,
        None => read(shared, &filter, asked).await?,
    };
    Ok(ToldCalls {
        span: asked_of,
        calls,
        state,
        sql: written::calls(shared, &filter, top(asked), asked.limit),
    })
}

fn top(asked: &Calls) -> Option<Top> {
    match asked.by? {
        Measure::Cost | Measure::CostPerQuery => Some(Top::Dearest),
        Measure::P50 | Measure::P95 | Measure::P99 => Some(Top::Slowest),
        Measure::Queries | Measure::Errors | Measure::ErrorRate => None,
    }
}

async fn read(shared: &Shared, filter: &Filter, asked: &Calls) -> Result<Vec<Activity>, LiveError> {
    let mut reading = begin(shared).await?;
    let limit = i64::from(asked.limit);
    let rows = match top(asked) {
        Some(top) => reading.top(filter, top, limit).await?,
        None => reading.page(filter, None, limit).await?,
    };
    let price = shared.options.price;
    let calls = rows.iter().filter_map(|row| Seen::of(row, price));
    let calls: Vec<Seen> = calls.collect();
    let users: Vec<i64> = calls.iter().filter_map(|call| call.user_id).collect();
    let emails = reading.emails(&users).await?;
    reading.close().await?;
    let shown = |call: &Seen| call.shown(email(&emails, call));
    Ok(calls.iter().map(shown).collect())
}

fn email<'a>(emails: &'a [Email], call: &Seen) -> Option<&'a str> {
    let user = emails.iter().find(|user| Some(user.id) == call.user_id)?;
    user.email.as_deref()
}
