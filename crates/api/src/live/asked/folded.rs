//! Figures that folds hold: all together, by server, and by time, of one server or of all.

use grammar::{By, Figures};
use timeline::{McpTally, Micros, OTHER, Span, Timeline};

use super::folds::Folds;
use super::window::Stretch;
use super::{Before, Row, State, Sum, Told, counts_errors_only, wants_rows};
use crate::live::beyond::AHEAD;
use crate::live::{Live, LiveError, Shared};

/// Whether folds hold what is asked for.
pub(super) fn holds(
    shared: &Shared,
    asked: &Figures,
    stretch: &Stretch,
) -> Result<bool, LiveError> {
    if wants_rows(asked) {
        return Ok(false);
    }
    if asked.filter.server.is_none() {
        return Ok(true);
    }
    // A server of which folds know no more than that it is among the others.
    let figures = shared.answering()?;
    let mut spans = vec![stretch.span];
    spans.extend(stretch.before().filter(|_| asked.compare));
    let crowded = |span: &Span| {
        let servers = figures.timeline.by_mcp(*span);
        servers.iter().any(|mcp| mcp.name == OTHER)
    };
    Ok(!spans.iter().any(crowded))
}

pub(super) async fn told(
    live: &Live,
    asked: &Figures,
    stretch: &Stretch,
    now: Micros,
) -> Result<Told, LiveError> {
    let read = read(live, asked, stretch, now).await?;
    let figures = live.shared.answering()?;
    let folds = Folds {
        memory: &figures.timeline,
        read: read.as_ref().map(|(read, until)| (read, *until)),
    };
    let counting = Counting { folds, asked };
    let before = stretch.before().filter(|_| asked.compare);
    let mut rows = counting.rows(stretch);
    if let (Some(before), Some(By::Server)) = (before, asked.by) {
        let earlier = counting.servers(before);
        for row in &mut rows {
            let found = earlier.iter().find(|earlier| earlier.name == row.name);
            row.before = Some(found.map_or_else(Sum::default, |found| found.sum));
        }
    }
    Ok(Told {
        span: stretch.span,
        total: counting.sum(stretch.span),
        rows,
        before: before.map(|span| Before {
            span,
            total: counting.sum(span),
        }),
        state: State::of(&figures, now),
        sql: None,
    })
}

/// Reads what memory does not tell, up to the bucket from which on it does.
async fn read(
    live: &Live,
    asked: &Figures,
    stretch: &Stretch,
    now: Micros,
) -> Result<Option<(Timeline, Micros)>, LiveError> {
    let compared = asked.compare && !stretch.to_the_second;
    let earlier = stretch.before.iter().filter(|_| compared);
    let buckets: Vec<Span> = earlier.chain(&stretch.buckets).copied().collect();
    let wanted = {
        let figures = live.shared.answering()?;
        let told = |bucket: &&Span| figures.timeline.tells(**bucket, now.saturating_add(AHEAD));
        let last = buckets.iter().rev().find(|bucket| !told(bucket));
        last.zip(buckets.first()).map(|(last, first)| Span {
            from: first.from,
            to: last.to,
        })
    };
    let Some(wanted) = wanted else {
        return Ok(None);
    };
    let _turn = live.shared.beyond.reading.acquire().await;
    let rows = live.read_finer(wanted).await?;
    Ok(Some((rows, wanted.to)))
}

struct Counting<'a> {
    folds: Folds<'a>,
    asked: &'a Figures,
}

impl Counting<'_> {
    fn sum(&self, span: Span) -> Sum {
        let sum = match &self.asked.filter.server {
            None => Sum::of(self.folds.tally(span), &self.folds.latency(span)),
            Some(server) => {
                let mut servers = self.folds.by_mcp(span).into_iter();
                let found = servers.find(|mcp| mcp.name == *server);
                found.map_or_else(Sum::default, |mcp| self.of_server(&mcp, span))
            }
        };
        self.restricted(sum)
    }

    fn rows(&self, stretch: &Stretch) -> Vec<Row> {
        match self.asked.by {
            Some(By::Server) => self.servers(stretch.span),
            Some(By::Time) => {
                let buckets = stretch.buckets.iter();
                let row = |bucket: &Span| Row {
                    name: String::new(),
                    span: Some(*bucket),
                    sum: self.sum(*bucket),
                    before: None,
                };
                buckets.map(row).collect()
            }
            _ => Vec::new(),
        }
    }

    fn servers(&self, span: Span) -> Vec<Row> {
        let only = self.asked.filter.server.as_deref();
        let servers = self.folds.by_mcp(span).into_iter();
        let servers = servers.filter(|mcp| only.is_none_or(|only| only == mcp.name));
        let row = |mcp: McpTally| Row {
            sum: self.restricted(self.of_server(&mcp, span)),
            name: mcp.name,
            span: None,
            before: None,
        };
        servers.map(row).collect()
    }

    fn of_server(&self, mcp: &McpTally, span: Span) -> Sum {
        Sum::of(mcp.tally, &self.folds.latency_of(&mcp.name, span))
    }

    fn restricted(&self, sum: Sum) -> Sum {
        if counts_errors_only(self.asked) {
            sum.errors_only()
        } else {
            sum
        }
    }
}
