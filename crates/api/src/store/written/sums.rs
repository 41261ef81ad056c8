//! Figures: sums and percentiles, all together or by something.

use grammar::{By, Measure};

use super::{WrittenSums, columns};
use crate::store::Speaking;
use crate::store::conditions::Conditions;
use crate::store::expressions::{Dialect, Expressions};

/// Buckets that are written out at most.
const MOST_BUCKETS: usize = 100;

impl Speaking {
    /// SQL for these figures; none when it would be too long to be read.
    pub fn write_sums(&self, sums: &WrittenSums<'_>) -> Option<String> {
        if sums.by == Some(By::Time) && sums.buckets.len() > MOST_BUCKETS {
            return None;
        }
        Some(Writer::new(self.words(), sums).write())
    }
}

/// What one question needs.
struct Writer<'a> {
    words: &'a Expressions,
    sums: &'a WrittenSums<'a>,
    /// A row for each server, or each tool, of a call.
    servers: bool,
    tools: bool,
    /// Costs are split between those rows.
    shared: bool,
    conditions: Conditions,
}

impl<'a> Writer<'a> {
    fn new(words: &'a Expressions, sums: &'a WrittenSums<'a>) -> Writer<'a> {
        let costs = sums
            .measures
            .iter()
            .any(|measure| matches!(measure, Measure::Cost | Measure::CostPerQuery));
        let filter = sums.filter;
        let by_server = sums.by == Some(By::Server);
        let by_tool = sums.by == Some(By::Tool);
        let servers =
            words.has_accessed && (by_server || (costs && matches!(filter.mcp, Some(Some(_)))));
        let tools = words.has_tools && (by_tool || (costs && filter.tool.is_some()));
        Writer {
            words,
            sums,
            servers,
            tools,
            shared: costs && (servers || tools),
            conditions: filter.written(words),
        }
    }

    fn wants(&self, wanted: &[Measure]) -> bool {
        let mut measures = self.sums.measures.iter().chain(&self.sums.order);
        measures.any(|measure| wanted.contains(measure))
    }

    /// What rows are grouped by: its name, and how it is written of a call.
    fn key(&self) -> Option<(&'static str, String)> {
        let words = self.words;
        Some(match self.sums.by? {
            By::Server if self.servers => ("server", columns::joined_server(words).to_owned()),
            By::Server => ("server", columns::server().to_owned()),
            By::Tool if self.tools => ("tool", columns::joined_tool(words)),
            By::Tool => ("tool", columns::tool(words).to_owned()),
            By::User => ("asked_by", columns::user(words)),
            By::Time => ("starts", "b.starts".to_owned()),
        })
    }

    fn write(&self) -> String {
        let mut steps = Vec::new();
        if self.sums.by == Some(By::Time) {
            steps.push(format!(
                "buckets (starts, ends) AS (VALUES\n  {})",
                self.buckets()
            ));
        }
        steps.push(format!("calls AS (\n{})", self.calls()));
        let mut last = "calls";
        if self.shared {
            steps.push(
                "shares AS (\n  SELECT calls.*, cost / count(*) OVER (PARTITION BY id) AS share\n  \
                 FROM calls)"
                    .to_owned(),
            );
            last = "shares";
        }
        let kept = self.kept();
        if self.ranks() {
            let key = self
                .key()
                .map_or(String::new(), |(name, _)| name.to_owned());
            let by = if key.is_empty() {
                String::new()
            } else {
                format!("PARTITION BY {key} ")
            };
            steps.push(format!(
                "ranked AS (\n  SELECT {last}.*,\n    \
                 row_number() OVER ({by}ORDER BY ms IS NULL, ms) - 1 AS place,\n    \
                 count(ms) OVER ({}) AS timed\n  FROM {last}{kept})",
                by.trim_end()
            ));
            return format!(
                "WITH {}\n{};",
                steps.join(",\n"),
                self.selected("ranked", "")
            );
        }
        format!(
            "WITH {}\n{};",
            steps.join(",\n"),
            self.selected(last, &kept)
        )
    }

    fn ranks(&self) -> bool {
        let percentiles = [Measure::P50, Measure::P95, Measure::P99];
        self.words.dialect == Dialect::Sqlite && self.wants(&percentiles)
    }

    /// One row a call, or one for each server or tool of it.
    fn calls(&self) -> String {
        let mut list = vec!["a.id".to_owned()];
        if let Some((name, written)) = self.key() {
            list.push(format!("{written} AS {name}"));
        }
        if self.servers && self.sums.by != Some(By::Server) {
            list.push(format!("{} AS server", columns::joined_server(self.words)));
        }
        if self.tools && self.sums.by != Some(By::Tool) {
            list.push(format!("{} AS tool", columns::joined_tool(self.words)));
        }
        if self.wants(&[Measure::Errors, Measure::ErrorRate]) {
            list.push(format!("{} AS failed", self.words.is_error()));
        }
        if self.wants(&[Measure::Cost, Measure::CostPerQuery]) {
            list.push(format!(
                "{} AS cost",
                columns::cost(self.words, self.sums.price)
            ));
        }
        if self.wants(&[Measure::P50, Measure::P95, Measure::P99]) {
            list.push("CASE WHEN a.duration_ms >= 0 THEN a.duration_ms END AS ms".to_owned());
        }
        let distinct = if self.servers || self.tools {
            "DISTINCT "
        } else {
            ""
        };
        format!(
            "  SELECT {distinct}{}\n  FROM {}",
            list.join(",\n    "),
            self.source()
        )
    }

    /// The tables, and which calls of them.
    fn source(&self) -> String {
        let audit = self.conditions.table("omni2.audit_logs");
        let mut joins = Vec::new();
        if self.sums.by == Some(By::User) && self.words.knows_users {
            let users = self.conditions.table("auth_service.users");
            joins.push(format!("\n  LEFT JOIN {users} u ON u.id = a.user_id"));
        }
        if self.servers {
            joins.push(format!("\n  {}", columns::each_server(self.words)));
        }
        if self.tools {
            joins.push(format!("\n  {}", columns::each_tool(self.words)));
        }
        let (joins, conditions) = (joins.concat(), self.conditions.text());
        if self.sums.by == Some(By::Time) {
            // Hours without a call are told, too.
            format!(
                "buckets b\n  LEFT JOIN {audit} a ON a.timestamp >= b.starts AND a.timestamp < b.ends\
                 \n    AND {conditions}{joins}"
            )
        } else {
            format!("{audit} a{joins}\n  WHERE {conditions}")
        }
    }

    /// Of the rows of a call only those of the server or tool that is asked about.
    fn kept(&self) -> String {
        let filter = self.sums.filter;
        let mut kept = Vec::new();
        let quoted = |name: &str| crate::store::literal::text(self.words.dialect, name);
        if let (true, Some(Some(name))) = (self.servers, &filter.mcp) {
            kept.push(format!("server = {}", quoted(name)));
        }
        if let (true, Some(name)) = (self.tools, &filter.tool) {
            kept.push(format!("tool = {}", quoted(name)));
        }
        if kept.is_empty() {
            return String::new();
        }
        format!("\nWHERE {}", kept.join(" AND "))
    }

    fn buckets(&self) -> String {
        let moment = |at| crate::store::literal::moment(self.words.dialect, at);
        let pairs = self.sums.buckets.iter();
        let pairs: Vec<String> = pairs
            .map(|(from, to)| format!("({}, {})", moment(*from), moment(*to)))
            .collect();
        pairs.join(",\n  ")
    }

    fn selected(&self, from: &str, kept: &str) -> String {
        let cost = if self.shared { "share" } else { "cost" };
        let mut list: Vec<String> = Vec::new();
        let key = self.key().map(|(name, _)| name);
        list.extend(key.map(str::to_owned));
        for measure in self.sums.measures {
            let sum = columns::sum(self.words, *measure, cost);
            list.push(format!("{sum} AS {}", columns::name(*measure)));
        }
        let selected = format!("SELECT {}\nFROM {from}{kept}", list.join(",\n  "));
        let Some(key) = key else {
            return selected;
        };
        let order = self.order(key, cost);
        let limit = self.sums.limit;
        let limit = limit.map_or(String::new(), |limit| format!("\nLIMIT {limit}"));
        format!("{selected}\nGROUP BY {key}\nORDER BY {order}{limit}")
    }

    fn order(&self, key: &str, cost: &str) -> String {
        let measure = self.sums.order.or(self.sums.measures.first().copied());
        let Some(measure) = measure.filter(|_| self.sums.by != Some(By::Time)) else {
            return key.to_owned();
        };
        let told = self.sums.measures.contains(&measure);
        let by = if told {
            columns::name(measure).to_owned()
        } else {
            columns::sum(self.words, measure, cost)
        };
        let way = if self.sums.ascending { "ASC" } else { "DESC" };
        format!("{by} {way} NULLS LAST, {key}")
    }
}
