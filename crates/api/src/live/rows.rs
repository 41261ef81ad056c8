//! From a row of the audit log to what is counted and what is shown: DATA's meanings.

use rust_decimal::Decimal;
use shared_types::{Activity, CallStatus};
use timeline::{Call, Micros, Money, attribute};

use super::secrets::without_secrets;
use crate::store::{AuditRow, Passing, Place};

/// The longest action that is shown, in characters.
const ACTION_CHARS: usize = 200;

/// One call as the dashboard sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) id: i64,
    pub(super) at: Micros,
    pub(super) user_id: Option<i64>,
    pub(super) mcps: Vec<String>,
    pub(super) cost: Money,
    pub(super) status: CallStatus,
    pub(super) duration_ms: Option<i64>,
    pub(super) action: String,
}

impl Seen {
    /// A row without a moment (`infinity`) is in no window, and so not seen at all.
    /// `price` is USD per million tokens, for hubs without a cost column.
    pub(super) fn of(row: &AuditRow, price: Decimal) -> Option<Seen> {
        let at = row.at?;
        let passing = row.passing();
        let mcps = mcps(&passing).into_iter().map(str::to_owned).collect();
        let cost = cost(&passing, price);
        Some(Seen {
            id: row.id,
            at,
            user_id: row.user_id,
            mcps,
            cost,
            status: status(row.success, row.blocked, row.warned),
            duration_ms: row.duration_ms.filter(|ms| *ms >= 0),
            action: row.action.as_deref().map(action).unwrap_or_default(),
        })
    }

    /// Where it stands in the feed.
    pub(super) fn place(&self) -> Place {
        Place {
            at: self.at,
            id: self.id,
        }
    }

    /// What the timeline counts of it.
    pub(super) fn counted<T>(&self, count: impl FnOnce(&Call<'_>) -> T) -> T {
        let mcps: Vec<&str> = self.mcps.iter().map(String::as_str).collect();
        count(&Call {
            at: self.at,
            mcps: &mcps,
            cost: self.cost,
            error: self.status.is_error(),
            duration_ms: self.duration_ms,
        })
    }

    /// As it goes over the wire.
    pub(super) fn shown(&self, email: Option<&str>) -> Activity {
        Activity {
            id: self.id,
            user_email: email.map(str::to_owned),
            action: self.action.clone(),
            mcp: (!self.mcps.is_empty()).then(|| self.mcps.join(", ")),
            mcps: self.mcps.clone(),
            duration_ms: self.duration_ms,
            cost: self.cost.to_usd(),
            status: self.status,
            timestamp: rfc3339(self.at),
        }
    }
}

/// Hands over what the timeline counts of a row; nothing of one without a moment. The same
/// that [`Seen::of`] sees of it.
pub(super) fn passing(row: &Passing<'_>, price: Decimal, count: impl FnOnce(&Call<'_>)) {
    let Some(at) = row.at else {
        return;
    };
    count(&Call {
        at,
        mcps: &mcps(row),
        cost: cost(row, price),
        error: status(row.success, row.blocked, false).is_error(),
        duration_ms: row.duration_ms.filter(|ms| *ms >= 0),
    });
}

fn mcps<'r>(row: &'r Passing<'_>) -> Vec<&'r str> {
    attribute(row.target, row.accessed.iter().map(Option::as_deref))
}

fn cost(row: &Passing<'_>, price: Decimal) -> Money {
    match (row.cost, row.tokens) {
        (Some(text), _) => Money::parse(text).unwrap_or(Money::ZERO),
        (None, Some(tokens)) => Money::of_tokens(tokens, price),
        (None, None) => Money::ZERO,
    }
}

fn status(success: bool, blocked: bool, warned: bool) -> CallStatus {
    match (blocked, success, warned) {
        (true, _, _) => CallStatus::Blocked,
        (false, false, _) => CallStatus::Error,
        (false, true, true) => CallStatus::Warning,
        (false, true, false) => CallStatus::Success,
    }
}

/// What was asked for: one line without secrets. They are looked for in more than is shown, so
/// that none is cut before it looks like one.
fn action(text: &str) -> String {
    one_line(&without_secrets(text))
}

/// One line: a line break or another control character becomes a space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(4 * ACTION_CHARS));
    let mut letters = text.chars().peekable();
    let mut count = 0;
    while let Some(letter) = letters.next() {
        if count == ACTION_CHARS {
            break;
        }
        if letter == '\r' && letters.peek() == Some(&'\n') {
            continue;
        }
        line.push(if letter.is_control() { ' ' } else { letter });
        count += 1;
    }
    line
}

/// RFC 3339 in UTC; moments that no calendar holds become the nearest one that it does.
pub(super) fn rfc3339(at: Micros) -> String {
    jiff::Timestamp::from_microsecond(at)
        .unwrap_or(if at < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> AuditRow {
        AuditRow {
            id: 7,
            at: Some(1_000_000),
            success: true,
            ..AuditRow::default()
        }
    }

    fn seen(row: &AuditRow) -> Seen {
        Seen::of(row, Decimal::new(80, 2)).unwrap()
    }

    #[test]
    fn the_one_target_wins_over_the_list() {
        let accessed = Some(r#"["GitHub MCP", null, "", "GitHub MCP"]"#.to_owned());
        let mut row = AuditRow { accessed, ..row() };
        assert_eq!(seen(&row).mcps, ["GitHub MCP"]);
        row.target = Some("Slack MCP".to_owned());
        assert_eq!(seen(&row).mcps, ["Slack MCP"]);
    }

    #[test]
    fn a_cost_that_is_no_number_is_zero_and_tokens_have_a_price() {
        let nan = Some("NaN".to_owned());
        assert_eq!(seen(&AuditRow { cost: nan, ..row() }).cost, Money::ZERO);
        let tokens = Some(1_000_000);
        let cost = seen(&AuditRow { tokens, ..row() }).cost;
        assert_eq!(Some(cost), Money::parse("0.8"));
    }

    #[test]
    fn blocked_beats_error_beats_warning() {
        assert_eq!(status(false, true, true), CallStatus::Blocked);
        assert_eq!(status(false, false, true), CallStatus::Error);
        assert_eq!(status(true, false, true), CallStatus::Warning);
        assert_eq!(status(true, false, false), CallStatus::Success);
    }

    #[test]
    fn an_action_is_one_line_of_at_most_200_characters() {
        assert_eq!(one_line("✓ emoji and\nnew line"), "✓ emoji and new line");
        assert_eq!(one_line("a\r\nb\tc"), "a b c");
        assert_eq!(one_line(&"é".repeat(500)).chars().count(), 200);
    }

    #[test]
    fn a_secret_that_somebody_asked_with_is_not_shown() {
        let long = format!("{}postgres://ana:hunter2@db", "a ".repeat(90));
        for text in ["use token=hunter2", "Cookie: hunter2\nwhy?", &long] {
            let action = Some(text.to_owned());
            let seen = seen(&AuditRow { action, ..row() });
            assert!(!seen.action.contains("hunter"), "{}", seen.action);
            assert!(seen.action.contains('•'), "{}", seen.action);
        }
    }

    #[test]
    fn a_row_at_infinity_is_not_seen() {
        assert_eq!(
            Seen::of(&AuditRow { at: None, ..row() }, Decimal::ONE),
            None
        );
    }
}
