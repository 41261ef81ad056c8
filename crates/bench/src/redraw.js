// Runs before the page does. Its figures over time become as many as are asked for, in
// whatever the API answers, and every frame it draws is timed.
((POINTS) => {
    // The same figures in every run.
    const random = (seed) => () => {
        seed = (seed * 1664525 + 1013904223) % 4294967296;
        return seed / 4294967296;
    };
    const wave = (index, count) => 1.2 + Math.sin((index / count) * 40);

    const spread = (chart, make) => {
        const [from, to] = [Date.parse(chart.from), Date.parse(chart.to)];
        const any = random(7);
        chart.bucket_seconds = Math.max(1, Math.floor((to - from) / POINTS / 1000));
        chart.data = Array.from({ length: POINTS }, (_, index) => {
            const at = new Date(from + Math.floor(((to - from) * index) / POINTS)).toISOString();
            return make(at, wave(index, POINTS), any);
        });
    };
    const queries = (chart) =>
        spread(chart, (hour, high, any) => {
            const count = Math.floor(high * 100 + any() * 80);
            return { hour, count, errors: Math.floor(any() * 4), cost: count / 1000 };
        });
    const responseTimes = (chart) =>
        spread(chart, (timestamp, high, any) => {
            const p50 = high * 200 + any() * 60;
            // Some buckets are empty: lines have gaps.
            const gap = any() < 0.0005;
            const of = (times) => (gap ? null : p50 * times);
            return { timestamp, p50: of(1), p95: of(2 + any()), p99: of(4 + any()), count: gap ? 0 : 9 };
        });
    const stretched = (snapshot) => {
        queries(snapshot.queries);
        responseTimes(snapshot.response_times);
        return snapshot;
    };
    const anew = (path) => {
        if (path.endsWith('/snapshot')) return stretched;
        if (path.endsWith('/charts/queries')) return (chart) => (queries(chart), chart);
        if (path.endsWith('/charts/response-times')) return (chart) => (responseTimes(chart), chart);
        return null;
    };

    const ask = window.fetch;
    window.fetch = async (...asked) => {
        const answer = await ask(...asked);
        const change = answer.ok && anew(new URL(answer.url).pathname);
        return change ? Response.json(change(await answer.json())) : answer;
    };
    const listen = EventSource.prototype.addEventListener;
    EventSource.prototype.addEventListener = function (kind, hear, ...how) {
        // Nothing but the drag draws.
        if (kind === 'delta') return;
        const heard = (event) => {
            const data = JSON.stringify(stretched(JSON.parse(event.data)));
            hear.call(this, new MessageEvent(kind, { data, lastEventId: event.lastEventId }));
        };
        listen.call(this, kind, kind === 'snapshot' ? heard : hear, ...how);
    };

    // Milliseconds of work in each frame, by when the frame began.
    window.frames_drawn = new Map();
    const before = window.requestAnimationFrame;
    window.requestAnimationFrame = (draw) =>
        before.call(window, (began) => {
            const start = performance.now();
            draw(began);
            const took = performance.now() - start;
            const sofar = window.frames_drawn.get(began) ?? 0;
            window.frames_drawn.set(began, sofar + took);
        });
})
