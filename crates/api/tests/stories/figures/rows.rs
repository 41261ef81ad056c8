//! Some thousand calls over a month, most of them lately, with what a real hub has too:
//! calls without a server, a duration or a cost, refused ones, and some that do not add up.

use hub_sim::AuditRow;
use hub_sim::generator::Generator;
use timeline::{DAY, HOUR, MINUTE, SECOND};

/// How many calls there are: enough for every case, or what `OMNI2_TEST_ROWS` says.
pub(super) fn count() -> i64 {
    let told = std::env::var("OMNI2_TEST_ROWS").ok();
    told.map_or(5_000, |count| {
        count.parse().expect("OMNI2_TEST_ROWS: a number of rows")
    })
}

pub(crate) fn a_month(now: i64) -> Vec<AuditRow> {
    some(now, count())
}

/// So many of them.
pub(crate) fn some(now: i64, count: i64) -> Vec<AuditRow> {
    let mut generator = Generator::new(11);
    (0..count)
        .map(|n| odd(n, generator.call(time_of(n, count, now))))
        .collect()
}

/// Denser towards now; some on the edges of buckets, some ahead of their time.
fn time_of(n: i64, count: i64, now: i64) -> i64 {
    let back = count - n;
    let hour = now - now.rem_euclid(HOUR);
    let edge = n / 250 % 20;
    match n % 250 {
        0 => hour - edge * HOUR,
        1 => hour - edge * DAY - 1,
        2 => now + edge * MINUTE,
        3 => now - now.rem_euclid(MINUTE) + 59 * SECOND,
        // The cube of the distance: 33 days at most.
        _ => now - 33 * DAY / count * back / count * back / count * back - n,
    }
}

fn odd(n: i64, row: AuditRow) -> AuditRow {
    let name = |text: &str| Some(text.to_owned());
    match n % 41 {
        0 => AuditRow {
            duration_ms: None,
            user_id: None,
            ..row
        },
        1 => AuditRow {
            duration_ms: Some(-5),
            cost: None,
            llm_tokens: None,
            tokens_input: None,
            ..row
        },
        2 => AuditRow {
            mcp_target: None,
            mcps: Vec::new(),
            null_mcps: n % 2 == 0,
            ..row
        },
        3 => AuditRow {
            cost: name("NaN"),
            status: name("warning"),
            ..row
        },
        4 => AuditRow {
            was_blocked: true,
            success: n % 2 == 0,
            ..row
        },
        5 => AuditRow {
            success: false,
            status: name("success"),
            ..row
        },
        6 => AuditRow {
            user_id: Some(4_000),
            duration_ms: Some(0),
            ..row
        },
        7 => AuditRow {
            mcp_target: None,
            mcps: vec![
                name("Git MCP"),
                None,
                name(""),
                name("Time MCP"),
                name("Git MCP"),
            ],
            ..row
        },
        8 => AuditRow {
            mcp_target: name(""),
            mcps: vec![name(""), name("50%_Off MCP")],
            ..row
        },
        9 => AuditRow {
            mcp_target: name("Mail MCP"),
            duration_ms: Some(i64::from(i32::MAX)),
            ..row
        },
        _ => row,
    }
}
