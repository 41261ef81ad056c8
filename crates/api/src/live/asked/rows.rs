//! Figures that folds do not hold: one question to the database, whose rows are counted with
//! the same money and the same sketches.

use std::collections::HashMap;
use std::time::Duration;

use grammar::{By, Figures};
use timeline::{Micros, OTHER, Sketch, Span, Tally, UNATTRIBUTED};

use super::filter::counted;
use super::window::Stretch;
use super::{Before, MOST_GROUPS, NO_TOOL, NO_USER, Row, State, Sum, Told};
use crate::live::calls::begin;
use crate::live::rows::Seen;
use crate::live::{LiveError, Shared};
use crate::store::{Filter, Reading, ToolRow};

/// How long rows may come in; the database has a limit of its own for each question.
const LONGEST: Duration = Duration::from_secs(12);

pub(super) async fn told(
    shared: &Shared,
    asked: &Figures,
    stretch: &Stretch,
    now: Micros,
) -> Result<Told, LiveError> {
    let _turn = shared.beyond.reading.acquire().await;
    let before = stretch.before().filter(|_| asked.compare);
    // Both up to the same point, which no later state of the database is short of.
    let (filter, earlier) = {
        let figures = shared.answering()?;
        let counted = |span| counted(&figures, &asked.filter, span);
        (counted(stretch.span), before.map(counted))
    };
    let by_time = asked.by == Some(By::Time);
    let buckets: &[Span] = if by_time { &stretch.buckets } else { &[] };
    let counting = async {
        let mut reading = begin(shared).await?;
        let groups = count(shared, &mut reading, asked, &filter, buckets).await?;
        let earlier = match &earlier {
            Some(filter) => Some(count(shared, &mut reading, asked, filter, &[]).await?),
            None => None,
        };
        let names = named(&mut reading, [Some(&groups), earlier.as_ref()]).await?;
        reading.close().await?;
        Ok::<_, LiveError>((groups, earlier, names))
    };
    let counted = tokio::time::timeout(LONGEST, counting).await;
    let (groups, earlier, names) = counted.map_err(|_| LiveError::Timeout)??;
    let mut rows = groups.rows(&names, buckets);
    if let (Some(earlier), false) = (&earlier, by_time) {
        let earlier = earlier.rows(&names, &[]);
        for row in &mut rows {
            let found = earlier.iter().find(|earlier| earlier.name == row.name);
            row.before = Some(found.map_or_else(Sum::default, |found| found.sum));
        }
    }
    let before = before.zip(earlier).map(|(span, earlier)| Before {
        span,
        total: earlier.total.sum(),
    });
    Ok(Told {
        span: stretch.span,
        total: groups.total.sum(),
        rows,
        before,
        state: State::of(&*shared.answering()?, now),
        sql: None,
    })
}

/// What a row is counted under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Name(String),
    User(Option<i64>),
    Bucket(usize),
}

#[derive(Debug, Default)]
struct Counted {
    tally: Tally,
    latency: Sketch,
}

impl Counted {
    fn add(&mut self, tally: Tally, duration_ms: Option<i64>) {
        self.tally += tally;
        if let Some(ms) = duration_ms {
            self.latency.add(ms);
        }
    }

    fn merge(&mut self, other: &Counted) {
        self.tally += other.tally;
        self.latency.merge(&other.latency);
    }

    fn sum(&self) -> Sum {
        Sum::of(self.tally, &self.latency)
    }
}

#[derive(Debug, Default)]
struct Groups {
    total: Counted,
    groups: HashMap<Key, Counted>,
}

async fn count(
    shared: &Shared,
    reading: &mut Reading,
    asked: &Figures,
    filter: &Filter,
    buckets: &[Span],
) -> Result<Groups, LiveError> {
    let price = shared.options.price;
    let mut groups = Groups::default();
    reading
        .each(filter, |row| {
            if let Some(seen) = Seen::of(&row.row, price) {
                groups.add(asked, &seen, &row, buckets);
            }
        })
        .await?;
    Ok(groups)
}

impl Groups {
    /// Counts one row: once in all, and once for each of what it is listed by, which share
    /// its cost.
    fn add(&mut self, asked: &Figures, seen: &Seen, row: &ToolRow, buckets: &[Span]) {
        let filter = &asked.filter;
        let tools = if asked.by == Some(By::Tool) || filter.tool.is_some() {
            tools(row)
        } else {
            Vec::new()
        };
        // Of a server, or a tool, only its share of the cost counts.
        let mut cost = seen.cost;
        for (only, all) in [(&filter.server, &seen.mcps), (&filter.tool, &tools)] {
            let place = only
                .as_ref()
                .and_then(|only| all.iter().position(|one| one == only));
            cost = place.map_or(cost, |place| cost.share(place, all.len()));
        }
        let tally = Tally {
            queries: 1,
            errors: u64::from(seen.status.is_error()),
            cost,
        };
        self.total.add(tally, seen.duration_ms);
        let keys = keys(asked, seen, tools, buckets);
        let count = keys.len();
        for (place, key) in keys.into_iter().enumerate() {
            let tally = Tally {
                cost: cost.share(place, count),
                ..tally
            };
            self.group(key).add(tally, seen.duration_ms);
        }
    }

    fn group(&mut self, key: Key) -> &mut Counted {
        let full = self.groups.len() >= MOST_GROUPS && !self.groups.contains_key(&key);
        let key = if full && !matches!(key, Key::Bucket(_)) {
            Key::Name(OTHER.to_owned())
        } else {
            key
        };
        self.groups.entry(key).or_default()
    }

    /// By name, each once: two users may have one address. Every bucket, also the empty ones.
    fn rows(&self, names: &HashMap<i64, String>, buckets: &[Span]) -> Vec<Row> {
        let mut rows: HashMap<String, Counted> = HashMap::new();
        for (key, counted) in &self.groups {
            let name = match key {
                Key::Name(name) => name.clone(),
                Key::User(None) => NO_USER.to_owned(),
                Key::User(Some(id)) => names.get(id).cloned().unwrap_or(format!("user {id}")),
                Key::Bucket(_) => continue,
            };
            rows.entry(name).or_default().merge(counted);
        }
        let listed = rows.into_iter().map(|(name, counted)| Row {
            name,
            span: None,
            sum: counted.sum(),
            before: None,
        });
        let timed = buckets.iter().enumerate().map(|(number, bucket)| Row {
            name: String::new(),
            span: Some(*bucket),
            sum: self
                .groups
                .get(&Key::Bucket(number))
                .map_or_else(Sum::default, Counted::sum),
            before: None,
        });
        listed.chain(timed).collect()
    }
}

/// What the row is listed under.
fn keys(asked: &Figures, seen: &Seen, tools: Vec<String>, buckets: &[Span]) -> Vec<Key> {
    let named = |only: &Option<String>, all: Vec<String>, none: &str| {
        if let Some(only) = only {
            return vec![Key::Name(only.clone())];
        }
        if all.is_empty() {
            return vec![Key::Name(none.to_owned())];
        }
        all.into_iter().map(Key::Name).collect()
    };
    match asked.by {
        None => Vec::new(),
        Some(By::Server) => named(&asked.filter.server, seen.mcps.clone(), UNATTRIBUTED),
        Some(By::Tool) => named(&asked.filter.tool, tools, NO_TOOL),
        Some(By::User) => vec![Key::User(seen.user_id)],
        Some(By::Time) => {
            let place = buckets.partition_point(|bucket| bucket.to <= seen.at);
            let bucket = buckets.get(place).filter(|bucket| bucket.contains(seen.at));
            bucket.map(|_| Key::Bucket(place)).into_iter().collect()
        }
    }
}

/// The tools of a row: the one it names, else each of the many once, without their servers.
fn tools(row: &ToolRow) -> Vec<String> {
    if let Some(tool) = row.tool.as_ref().filter(|tool| !tool.is_empty()) {
        return vec![tool.clone()];
    }
    let many = row.tools.as_deref().unwrap_or("[]");
    let many: Vec<Option<String>> = serde_json::from_str(many).unwrap_or_default();
    let mut tools: Vec<String> = Vec::new();
    for name in many.iter().flatten().filter(|name| !name.is_empty()) {
        let bare = name.split_once('.').map_or(name.as_str(), |(_, tool)| tool);
        if !tools.iter().any(|tool| tool == bare) {
            tools.push(bare.to_owned());
        }
    }
    tools
}

/// Addresses of the users in these groups.
async fn named(
    reading: &mut Reading,
    groups: [Option<&Groups>; 2],
) -> Result<HashMap<i64, String>, LiveError> {
    let all = groups.into_iter().flatten();
    let mut ids: Vec<i64> = all
        .flat_map(|groups| groups.groups.keys())
        .filter_map(|key| match key {
            Key::User(id) => *id,
            _ => None,
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let found = reading.emails(&ids).await?.into_iter();
    let addressed = found.filter_map(|user| Some((user.id, user.email?)));
    Ok(addressed.filter(|(_, email)| !email.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(tool: Option<&str>, tools: Option<&str>) -> ToolRow {
        ToolRow {
            tool: tool.map(str::to_owned),
            tools: tools.map(str::to_owned),
            ..ToolRow::default()
        }
    }

    #[test]
    fn the_one_tool_wins_and_many_lose_their_servers() {
        let many = Some(r#"["Git MCP.log", null, "", "Git MCP.log", "a.b.c", "bare"]"#);
        assert_eq!(tools(&row(Some("status"), many)), ["status"]);
        assert_eq!(tools(&row(Some(""), many)), ["log", "b.c", "bare"]);
        assert!(tools(&row(None, None)).is_empty());
        assert!(tools(&row(None, Some("junk"))).is_empty());
    }
}
