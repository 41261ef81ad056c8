//! Everything that the hub keeps of a call. All of it is text, whatever it holds.

use leptos::prelude::*;
use shared_types::{CallDetail, Caller, Tokens};

use super::copy::copy;
use crate::browser::intl::Locale;
use crate::browser::json;
use crate::charts::model::time::epoch_ms;
use crate::components::feed::badge;
use crate::state::{CALLS, Look, Page};

/// A name, and what stands beside it.
type Field = (&'static str, AnyView);

pub(super) fn details(look: Look, detail: &CallDetail, locale: &Locale) -> AnyView {
    let call = &detail.call;
    let at = epoch_ms(&call.timestamp).unwrap_or_default();
    let question = detail.message.as_ref().unwrap_or(&call.action);
    let parameters = detail.parameters.as_ref().map(json::pretty);
    let fields = who_and_where(look, detail)
        .into_iter()
        .chain(figures(detail, locale))
        .chain(how(detail));
    let field = |(name, value): Field| view! { <dt>{name}</dt><dd>{value}</dd> };
    view! {
        <p class="call-when">
            {badge(call.status)}
            <time datetime=call.timestamp.clone() title=call.timestamp.clone()>
                {locale.exact_time(at)}
            </time>
            <small>{format!("call {}", call.id)}</small>
        </p>
        {text("Question", "question", Some(question), true)}
        {text("Error", "error", detail.error.as_ref(), false)}
        {text("Refused because", "block-reason", detail.block_reason.as_ref(), false)}
        {text("Warning", "warning", detail.warning.as_ref(), false)}
        <dl class="call-fields">{fields.map(field).collect_view()}</dl>
        {text("Parameters", "parameters", parameters.as_ref(), true)}
        {text("Result", "result", detail.result.as_ref(), false)}
        {text("Answer begins", "response", detail.response.as_ref(), false)}
        {caller(detail.caller.as_ref())}
        {cut(&detail.cut)}
    }
    .into_any()
}

/// A long text with its title, if there is any.
fn text(title: &'static str, name: &'static str, says: Option<&String>, copies: bool) -> AnyView {
    let Some(says) = says.filter(|says| !says.is_empty()).cloned() else {
        return ().into_any();
    };
    let whole = says.clone();
    let copy = copies.then(|| copy(name, move || whole.clone()));
    view! {
        <section class=format!("call-text {name}")>
            <header><h3>{title}</h3>{copy}</header>
            <pre data-testid=format!("call-{name}") tabindex="0" aria-label=title>{says}</pre>
        </section>
    }
    .into_any()
}

fn who_and_where(look: Look, detail: &CallDetail) -> Vec<Field> {
    let page = expect_context::<Page>();
    let user = match &detail.call.user_email {
        Some(email) => filter(look, "user", email, ""),
        None if untrack(|| page.you().sees_people()) => "Unknown user".into_any(),
        None => "Only administrators see who asked, and for what".into_any(),
    };
    let server = |name: &String| {
        let hue = page.with_colours(|colours| colours.get(name).class());
        filter(look, "mcp", name, hue)
    };
    let servers = match detail.call.mcps.as_slice() {
        [] => "none".into_any(),
        names => names.iter().map(server).collect_view().into_any(),
    };
    vec![("User", user), ("MCP servers", servers)]
}

/// A link that shows the calls that have this, too.
fn filter(look: Look, name: &'static str, value: &str, hue: &str) -> AnyView {
    let mut changes: Vec<(&str, Option<&str>)> = CALLS.map(|name| (name, None)).to_vec();
    changes.extend([("call", None), (name, Some(value))]);
    let address = untrack(|| look.address(&changes));
    view! {
        <a
            class=format!("chip {hue}")
            href=address
            data-testid=format!("call-filter-{name}")
            title=format!("Show the calls of {value}")
        >
            <bdi>{value.to_owned()}</bdi>
        </a>
    }
    .into_any()
}

fn figures(detail: &CallDetail, locale: &Locale) -> Vec<Field> {
    let call = &detail.call;
    let took = call.duration_ms.map(|ms| {
        let ms = ms as f64;
        format!("{} ({} ms)", locale.duration(ms), locale.exact_count(ms))
    });
    let estimated = if detail.cost_estimated {
        " (estimated from tokens)"
    } else {
        ""
    };
    let cost = format!("{}{estimated}", locale.exact_money(call.cost));
    let mut fields = vec![
        (
            "Took",
            took.unwrap_or_else(|| "not known".to_owned()).into_any(),
        ),
        ("Cost", cost.into_any()),
    ];
    let tokens = detail.tokens.unwrap_or_default();
    let Tokens {
        input,
        output,
        cached,
        total,
    } = tokens;
    let counts = [
        ("Tokens", total),
        ("Tokens in", input),
        ("of these cached", cached),
        ("Tokens out", output),
        ("Tool calls", detail.tool_calls),
        ("Rounds", detail.iterations),
    ];
    for (name, count) in counts {
        if let Some(count) = count {
            fields.push((name, locale.exact_count(count as f64).into_any()));
        }
    }
    fields
}

fn how(detail: &CallDetail) -> Vec<Field> {
    let tools = detail.tools.join(", ");
    let tools = Some(tools).filter(|tools| !tools.is_empty());
    said([
        ("Tool", detail.tool.as_ref()),
        ("Tools", tools.as_ref()),
        ("Request", detail.request_type.as_ref()),
        ("Came by", detail.source.as_ref()),
        ("Error id", detail.error_id.as_ref()),
    ])
}

fn said<const N: usize>(all: [(&'static str, Option<&String>); N]) -> Vec<Field> {
    let mut fields = Vec::new();
    for (name, value) in all {
        if let Some(value) = value.cloned() {
            fields.push((name, view! { <bdi>{value}</bdi> }.into_any()));
        }
    }
    fields
}

fn caller(caller: Option<&Caller>) -> AnyView {
    let Some(caller) = caller else {
        return ().into_any();
    };
    let fields = said([
        ("Address", caller.ip_address.as_ref()),
        ("Program", caller.user_agent.as_ref()),
        ("Slack user", caller.slack_user_id.as_ref()),
        ("Slack channel", caller.slack_channel.as_ref()),
    ]);
    let field = |(name, value): Field| view! { <dt>{name}</dt><dd>{value}</dd> };
    view! {
        <section class="call-text">
            <header><h3>"Caller"</h3></header>
            <dl class="call-fields">{fields.into_iter().map(field).collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// The API cuts what is very long.
fn cut(names: &[String]) -> AnyView {
    if names.is_empty() {
        return ().into_any();
    }
    let says = format!(
        "Too long to be shown whole: {}.",
        names.join(", ").replace('_', " ")
    );
    view! { <p class="call-cut" data-testid="call-cut">{says}</p> }.into_any()
}
