//! Puts the draws of one request together as an audit row.

use rand::{Rng, RngExt, seq::IndexedRandom};
use serde_json::{Map, Value};

use super::{
    SIMULATED_AGENT, SIMULATED_MODEL,
    traits::{self, Drawn, ModelRun},
};
use crate::{AuditRow, seed::User};

/// Out of all requests: refused by policy.
const BLOCKED: f64 = 0.005;
/// Out of all requests: two or three servers.
const SEVERAL: f64 = 0.10;
/// Out of all requests: none, the model answers by itself.
const NONE: f64 = 0.03;
/// Out of all requests: no user, or one that has been deleted since.
const NO_USER: f64 = 0.003;
/// The id that a deleted user had.
const GONE_USER: i64 = 900;
/// Out of requests with one server: generation A names it in `mcp_target` too.
const TARGET_TOO: f64 = 0.02;

/// What is asked of the model alone.
const ASKED_OF_MODEL: [&str; 5] = [
    "Which servers can I use?",
    "Summarise our conversation so far",
    "Explain the last error",
    "What can you do with files?",
    "Shorten your last answer",
];

/// One request at `at` by a user, given with its index in the list of users.
pub(super) fn request(
    rng: &mut impl Rng,
    seed: u64,
    at: i64,
    user: Option<(usize, &'static User)>,
) -> AuditRow {
    let mut row = AuditRow {
        at,
        created_at: Some(at),
        ..AuditRow::default()
    };
    caller(rng, &mut row, user);
    let servers = server_count(rng);
    let calls = traits::calls(rng, seed, at, servers);
    touch(rng, &mut row, &calls);
    if !calls.is_empty() && rng.random_bool(BLOCKED) {
        block(rng, &mut row, &calls);
    } else {
        let run = traits::model_run(rng, calls.len());
        answer(rng, &mut row, &calls, run);
    }
    row
}

fn server_count(rng: &mut impl Rng) -> usize {
    let draw: f64 = rng.random();
    match draw {
        draw if draw < NONE => 0,
        draw if draw < NONE + SEVERAL * 0.3 => 3,
        draw if draw < NONE + SEVERAL => 2,
        _ => 1,
    }
}

/// Who asks, and from where. Addresses are from the ranges kept for documents.
fn caller(rng: &mut impl Rng, row: &mut AuditRow, user: Option<(usize, &'static User)>) {
    let index = user.map_or(0, |(index, _)| index);
    let agent = user.is_some_and(|(_, user)| user.is_agent());
    row.user_id = i64::try_from(index + 1).ok();
    if rng.random_bool(NO_USER) {
        row.user_id = rng.random_bool(0.5).then_some(GONE_USER);
    }
    row.request_type = Some(if agent { "gateway" } else { "chat" }.to_owned());
    row.source = Some(if agent { "mcp_gateway" } else { "ws_chat" }.to_owned());
    row.user_agent = Some(SIMULATED_AGENT.to_owned());
    if !agent && rng.random_bool(0.05) {
        row.slack_user_id = Some(format!("U{index:04}SIM"));
        row.slack_channel = Some("CSIMULATED".to_owned());
    } else {
        row.ip_address = Some(format!("192.0.2.{}", index + 10));
    }
}

/// What is asked, and of which servers.
fn touch(rng: &mut impl Rng, row: &mut AuditRow, calls: &[Drawn]) {
    let message = if calls.is_empty() {
        ASKED_OF_MODEL
            .choose(rng)
            .copied()
            .unwrap_or_default()
            .to_owned()
    } else {
        calls
            .iter()
            .map(|one| one.call.sentence.as_str())
            .collect::<Vec<_>>()
            .join("; then ")
    };
    row.message_preview = Some(message.chars().take(200).collect());
    row.message = Some(message);
    row.null_mcps = calls.is_empty() && rng.random_bool(0.5);
    row.mcps = calls
        .iter()
        .map(|one| Some(one.server.name.clone()))
        .collect();
    row.tool_params = params(calls);
    if let [one] = calls {
        row.mcp_target = rng.random_bool(TARGET_TOO).then(|| one.server.name.clone());
    }
}

/// The arguments of the one call, or of each under its tool's name.
fn params(calls: &[Drawn]) -> Option<String> {
    match calls {
        [] => None,
        [one] => Some(one.call.params_text.clone()),
        several => {
            let named = several
                .iter()
                .map(|one| (tool_name(*one), one.call.params.clone()));
            Some(Value::Object(named.collect::<Map<_, _>>()).to_string())
        }
    }
}

fn tool_name(one: Drawn) -> String {
    format!("{}.{}", one.server.name, one.call.tool)
}

/// Policy refuses before any tool or model runs, so nothing is spent.
fn block(rng: &mut impl Rng, row: &mut AuditRow, calls: &[Drawn]) {
    let tool = calls
        .first()
        .map_or("this tool", |one| one.call.tool.as_str());
    row.success = false;
    row.was_blocked = true;
    row.status = Some("error".to_owned());
    row.block_reason = Some(format!("policy: {tool} needs the approval of an admin"));
    row.error_id = Some(error_id(rng));
    row.result_summary = Some("refused before any tool ran (simulated policy)".to_owned());
    row.duration_ms = Some(rng.random_range(0..6));
    row.tool_calls_count = Some(0);
    row.iterations = Some(0);
    row.tokens_input = Some(0);
    row.tokens_output = Some(0);
    row.tokens_cached = Some(0);
    row.cost = Some("0.000000".to_owned());
}

fn answer(rng: &mut impl Rng, row: &mut AuditRow, calls: &[Drawn], run: ModelRun) {
    let tool_ms = calls
        .iter()
        .map(|one| one.call.duration_us)
        .sum::<i64>()
        .div_euclid(1_000);
    row.duration_ms = Some(tool_ms + run.latency_ms);
    row.result_summary = Some(format!(
        "tool {tool_ms} ms + {SIMULATED_MODEL} {} ms ({})",
        run.latency_ms, run.model.name
    ));
    row.tools_used = calls.iter().map(|one| tool_name(*one)).collect();
    row.tool_calls_count = i32::try_from(calls.len()).ok();
    row.iterations = i32::try_from(calls.len() + 1).ok();
    row.tokens_input = Some(run.tokens.input);
    row.tokens_output = Some(run.tokens.output);
    row.tokens_cached = Some(run.tokens.cached);
    row.cost = Some(run.model.cost(run.tokens).to_string());
    outcome(rng, row, calls, run);
}

fn outcome(rng: &mut impl Rng, row: &mut AuditRow, calls: &[Drawn], run: ModelRun) {
    let status = if let Some(failed) = calls.iter().find(|one| one.failed) {
        row.success = false;
        row.error_message.clone_from(&failed.call.error);
        row.error_id = Some(error_id(rng));
        "error"
    } else if run.slow {
        row.warning = Some(format!(
            "slow answer: the {SIMULATED_MODEL} took {} ms",
            run.latency_ms
        ));
        "warning"
    } else {
        "success"
    };
    row.status = Some(status.to_owned());
    let bytes: i64 = calls.iter().map(|one| one.call.response_bytes).sum();
    if row.success && !calls.is_empty() {
        row.response_preview = Some(format!("recorded answer of {bytes} bytes (text not kept)"));
    }
}

fn error_id(rng: &mut impl Rng) -> String {
    format!("sim-{:08x}", rng.random::<u32>())
}
