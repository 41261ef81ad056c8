//! The four figures about today: what the API says, exactly where one asks, softly on the
//! way there.

use e2e::{Device, Preference, Viewer, now};
use hub_sim::AuditRow;

use crate::world::World;

const DAY: i64 = 86_400_000_000;

/// So many calls, the last of them so many microseconds ago.
async fn calls(world: &World, count: usize, ago: i64) {
    let row = AuditRow {
        at: now() - ago,
        user_id: Some(1),
        mcps: vec![Some("database-mcp".to_owned())],
        duration_ms: Some(120),
        cost: Some("0.0125".to_owned()),
        success: true,
        status: Some("success".to_owned()),
        ..AuditRow::default()
    };
    world.hub.write(&vec![row; count]).await;
}

/// What is true once the cards say what the API says: `said` compares both.
async fn until_equal(viewer: &Viewer, what: &str, said: &str) {
    let equal = format!(
        "fetch('/dashboard/api/v1/dashboard/stats?tz=Europe/Berlin')
            .then((answer) => answer.json()).then((stats) => {{
                const card = (name) => document.querySelector(`[data-testid=card-${{name}}]`);
                const text = (name, of) => card(name).querySelector(of).textContent;
                const title = (name, of) => card(name).querySelector(of).title;
                return ({said})(stats, {{ card, text, title }});
            }})"
    );
    viewer.until(what, &equal).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cards_say_what_the_api_says() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world, 1234, 0).await;
    calls(&world, 1000, DAY).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    let queries = "(stats, { card, text, title }) => {
        const shown = stats.queries_today.toLocaleString('en');
        return card('queries').dataset.value === String(stats.queries_today)
            && text('queries', '.figure') === shown && title('queries', '.figure') === shown;
    }";
    until_equal(&viewer, "queries", queries).await;
    let cost = "(stats, { text, title }) => {
        const dollars = (digits) => stats.cost_today.toLocaleString('en', {
            style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: digits });
        return text('cost', '.figure') === dollars(2) && title('cost', '.figure').startsWith(dollars(4));
    }";
    until_equal(&viewer, "cost", cost).await;
    // Yesterday's calls were within the same minute of the day: in its first minute they
    // may be of the day before.
    let change = "({ queries_today, yesterday }, { text, title }) => {
        const before = yesterday.queries.toLocaleString('en');
        const named = title('queries', '.note') === `Yesterday until this time of day: ${before}`;
        const share = queries_today / yesterday.queries - 1;
        const said = text('queries', '.note').replaceAll('\\u202f', '');
        const percent = Math.abs(share * 100) >= 10 ? Math.round(Math.abs(share * 100))
            : Math.round(Math.abs(share * 1000)) / 10;
        return named && (yesterday.queries === 0 ? said === 'nothing yesterday by now'
            : said === `${share >= 0 ? '▲' : '▼'} ${percent}% vs yesterday`);
    }";
    until_equal(&viewer, "the change since yesterday", change).await;
    let spark = "({ hours }, { card }) => {
        const canvas = card('queries').querySelector('canvas');
        if (hours.length < 2) return canvas === null;
        const [plan] = JSON.parse(canvas.plan);
        const highest = Math.max(...hours.map((hour) => hour.count));
        const top = plan.points.map((point) => point[1]).indexOf(Math.min(...plan.points.map((p) => p[1])));
        return plan.points.length === hours.length && hours[top].count === highest;
    }";
    until_equal(&viewer, "today's hours", spark).await;
    let others = "(stats, { card }) => card('users').dataset.value === String(stats.total_users)
        && card('active-mcps').dataset.value === String(stats.active_mcps)";
    until_equal(&viewer, "users and servers", others).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_lifts_under_the_pointer_and_glows_in_its_own_hue() {
    let Some(world) = World::empty().await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    for card in ["active-mcps", "users", "queries", "cost"] {
        let selector = format!("[data-testid=card-{card}]");
        let looks = format!(
            "(() => {{
                const {{ transform, boxShadow }} = getComputedStyle(document.querySelector('{selector}'));
                return transform + boxShadow;
            }})()"
        );
        let before = viewer.read(&looks).await;
        let middle = viewer.middle_of(&selector).await;
        viewer.point(middle.0, middle.1).await;
        let lifted = format!(
            "(() => {{
                const card = document.querySelector('{selector}');
                const {{ transform, boxShadow }} = getComputedStyle(card);
                const {{ a, f }} = new DOMMatrix(transform);
                return card.getAnimations().length === 0 && a > 1 && f < 0
                    && transform + boxShadow !== {before};
            }})()"
        );
        viewer.until("it lifts and glows", &lifted).await;
    }
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_move_softly_and_at_once_for_those_who_want_less_motion() {
    let Some(world) = World::empty().await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    let card = "document.querySelector('[data-testid=card-queries]')";
    let watch = format!(
        "void (() => {{
            window.seen = new Set();
            const look = () => {{
                window.seen.add({card}.querySelector('.figure').textContent);
                requestAnimationFrame(look);
            }};
            look();
        }})()"
    );
    viewer.read(&watch).await;
    calls(&world, 800, 0).await;
    let there = |count: &str| format!("{card}.querySelector('.figure').textContent === '{count}'");
    viewer.until("the figure is there", &there("800")).await;
    let on_the_way = "[...window.seen].filter((text) => text !== '0' && text !== '800').length";
    assert!(viewer.read(on_the_way).await.as_u64().unwrap() > 0);
    viewer.prefer(&[Preference::ReducedMotion]).await;
    // What is shown now is seen again before it changes, however seldom this machine paints.
    let frames = "new Promise((seen) => {
        window.seen.clear();
        requestAnimationFrame(() => requestAnimationFrame(() => seen(true)));
    })";
    viewer.read(frames).await;
    calls(&world, 400, 0).await;
    let painted = "window.seen.has('1,200')";
    viewer.until("the figure was painted", painted).await;
    let seen = viewer.read("[...window.seen].sort()").await;
    assert_eq!(seen, serde_json::json!(["1,200", "800"]));
    viewer.leave().await;
}
