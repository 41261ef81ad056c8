//! What is counted, by what, and in which order.

use timeline::BucketSize;

use super::Entry;
use crate::question::{Ascending, By, Measure, Outcome};
use crate::sense::{Count, Sense};

const LATENCY: &[Measure] = &[Measure::P50, Measure::P95, Measure::P99];
/// Whoever asks who is slow wants to know how slow it gets.
const SLOWNESS: &[Measure] = &[Measure::P95, Measure::P50, Measure::P99];
const TROUBLE: &[Measure] = &[Measure::Errors, Measure::ErrorRate];
const UNRELIABILITY: &[Measure] = &[Measure::ErrorRate, Measure::Errors];

pub(super) const ENTRIES: &[Entry] = &[
    (
        Sense::Measure(&[Measure::Queries]),
        "traffic, volume, usage, load, throughput, hits, invocations, number of calls, \
         number of queries, number of requests, number of questions, call count, query count, \
         request count, call volume, query volume, request volume, calls count, queries count",
    ),
    (
        Sense::Calls(Count::Many),
        "calls, queries, requests, questions, prompts, rows, entries, messages, invocation list, \
         tool calls, mcp calls, api calls, activity, activities, log, logs, audit log, audit logs, \
         interactions, individual calls, individual queries, individual requests",
    ),
    (
        Sense::Calls(Count::One),
        "individual call, individual query, individual request, call, query, request, question, prompt, row, entry, tool call, mcp call, interaction",
    ),
    (
        Sense::Measure(&[Measure::Errors]),
        "error, errors, failure, failures, fault, faults, problem, problems, issue, issues, \
         error count, errors count, failure count, number of errors, number of failures, errs",
    ),
    (
        Sense::Measure(&[Measure::ErrorRate]),
        "error rate, errors rate, error rates, failure rate, failure rates, fail rate, error ratio, rate of errors, rate of failures, rate of failure, \
         error percentage, errors percentage, failure percentage, percentage of errors, \
         percentage of failures, percent of errors, percent errors, errors in percent, \
         error percent, errors percent, percentage of failed calls, share of errors, \
         proportion of errors, percent of calls failed, percentage of calls failed, \
         percent of calls fail, percentage of calls fail, percent of queries failed, \
         percentage of queries failed, reliability, reliable, share of failed calls, \
         percent of failures, errors per call, errors per query, errors per request, \
         percentage of requests failed, percent of requests failed, percent of requests fail, \
         share of calls failed, share of queries failed, proportion of calls failed, \
         fraction of calls failed, proportion of failed calls, fraction of failed calls, \
         percentage of failed requests, percentage of failed queries",
    ),
    (
        Sense::SuccessRate,
        "success rate, success rates, success ratio, success percentage, rate of success, \
         percentage of successful calls, percent of successful calls, percentage of success, \
         percentage of calls succeeded, percent of calls succeeded, share of successful calls",
    ),
    (
        Sense::Measure(&[Measure::Cost]),
        "cost, costs, costing, costed, spend, spends, spending, spent, expense, expenses, \
         expenditure, bill, bills, money, price, pricing, usd, dollars, dollar, burn, burns, burned, \
         burnt, burn through, burned through, burnt through, burning, burning through, pay, \
         paying, paid, charges, charge, charged, cash, bucks, \
         spent on, spend on, blow through, rack up, racked up, run up",
    ),
    (
        Sense::Measure(&[Measure::CostPerQuery]),
        "cost per query, costs per query, cost per call, costs per call, cost per request, \
         costs per request, price per call, price per query, price per request, cost of a call, \
         cost of a query, cost of one call, cost of one query, cost of a request, a call cost, \
         a query cost, a request cost, one call cost, one query cost, one request cost, \
         each call cost, each query cost, single call cost, single query cost, unit cost, \
         price of a call, price of a query, spend per query, spend per call, \
         spend per request, dollars per call, dollars per query, usd per query, usd per call, \
         cost per question, per query cost, per call cost, per request cost",
    ),
    (
        Sense::Measure(LATENCY),
        "latency, latencies, response time, response times, duration, durations, speed, \
         how slow, how fast, how quick, how quickly, slowness, performance, response speed, \
         how long, time to respond, time to answer, call time, call times, percentiles, \
         call duration, call durations, response latency, fast, quick, responsive, \
         responsiveness, perf, execution time, execution times, run time, run times, lag, lags, lagging, \
         processing time, processing times, delay, delays, crawl, crawls, crawled",
    ),
    (
        Sense::Rather(LATENCY, SLOWNESS),
        "slow, laggy, sluggish, crawling",
    ),
    (
        Sense::Rather(&[Measure::Cost], &[Measure::Cost]),
        "expensive, pricey, costly",
    ),
    (
        Sense::Measure(&[Measure::P50]),
        "p50, median, medians, median latency, median latencies, median response time, \
         median response times, median duration, 50th percentile, 50 th percentile, \
         typical latency, typical response time, p50 latency, p50 response time, typical duration",
    ),
    (
        Sense::Measure(&[Measure::P95]),
        "p95, 95 th percentile, 95 percentile, 95 th, p95 latency, p95 latencies, \
         p95 response time, p95 response times, p95s, p95 duration, 95 th percentile latency, \
         95 th percentile response time",
    ),
    (
        Sense::Measure(&[Measure::P99]),
        "p99, 99 th percentile, 99 percentile, 99 th, p99 latency, p99 latencies, \
         p99 response time, p99 response times, p99s, p99 duration, tail latency, tail latencies, \
         99 th percentile latency, 99 th percentile response time",
    ),
    (
        Sense::Average,
        "average, averages, mean, avg, averaged, on average",
    ),
    (
        Sense::Outcome(Outcome::Failed),
        "failed, failing, broke, break, breaks, breaking, fell over, crashed, crash",
    ),
    (Sense::Failing, "fail, fails"),
    (
        Sense::Outcome(Outcome::Blocked),
        "blocked, refused, denied, rejected, forbidden, got blocked, stopped by policy, \
         blocked by policy, refused by policy, denied by policy, rejected by policy",
    ),
    (
        Sense::Outcome(Outcome::Warning),
        "warning, warnings, warned, with a warning, with warnings, with warning",
    ),
    (
        Sense::Outcome(Outcome::Success),
        "successful, succeeded, succeed, success, successes, successfully, worked, went well, \
         went through, without errors, without error, without an error, without any errors, \
         without any error, without failures, without failure, without failing, without problems, \
         error free, not fail, not failed, no error, had no errors, had no error, with no errors, \
         with no error, went fine, without a problem, without issues",
    ),
    (
        Sense::Outcome(Outcome::Error),
        "wrong, unsuccessful, errored, erroring, erroneous, went wrong, gone wrong, go wrong, \
         not successful, not succeed, not succeeded, not work, not worked, not go through, errored out, \
         with errors, with an error, with error, unsuccessfully, not go well, goes wrong, going wrong",
    ),
    (
        Sense::Dimension(By::Server, Count::Many),
        "servers, mcps, mcp servers, services, backends, all servers, all mcps, \
         connectors, integrations, mcp services",
    ),
    (
        Sense::Dimension(By::Server, Count::One),
        "server, mcp, mcp server, service, backend, connector, integration",
    ),
    (
        Sense::Dimension(By::Tool, Count::Many),
        "tools, functions, mcp tools",
    ),
    (
        Sense::Dimension(By::Tool, Count::One),
        "tool, function, mcp tool",
    ),
    (
        Sense::Dimension(By::User, Count::Many),
        "users, people, persons, colleagues, everybody, everyone, accounts, folks, \
         members, customers, employees, callers, humans",
    ),
    (
        Sense::Dimension(By::User, Count::One),
        "user, person, who, whom, whose, colleague, account, somebody, someone, anyone, \
         anybody, customer, employee, caller, head, individual",
    ),
    (
        Sense::Dimension(By::User, Count::Many),
        "who are, who were, who all",
    ),
    (Sense::Spender(Count::One), "spender, big spender"),
    (Sense::Spender(Count::Many), "spenders, big spenders"),
    (
        Sense::Comparative(LATENCY),
        "slower, faster, quicker, slower or faster, faster or slower, laggier",
    ),
    (
        Sense::Comparative(&[Measure::Cost]),
        "more expensive, less expensive, cheaper, costlier, pricier, cheaper or more expensive",
    ),
    (
        Sense::Comparative(&[Measure::Queries]),
        "busier, quieter, more active, less active, more used, less used",
    ),
    (
        Sense::Comparative(&[Measure::ErrorRate]),
        "more reliable, less reliable, flakier, more stable, less stable",
    ),
    (
        Sense::Dimension(By::Time, Count::Many),
        "over time, time series, timeline, trend, trends, trending, history, by time, through time, \
         distribution over the day, curve, in time",
    ),
    (
        Sense::Dimension(By::Time, Count::One),
        "when, what time, which time, at what time, at which time, moment, which moment",
    ),
    (
        Sense::HourOfDay,
        "time of day, time of the day, hour of day, hour of the day, what time of day, \
         what time of the day, which time of day, which time of the day, which hour of the day, \
         what hour of the day, at what time of day, at which time of day, times of day",
    ),
    (
        Sense::Step(BucketSize::Minute, Count::One),
        "minute, min, minutely, by the minute",
    ),
    (Sense::Step(BucketSize::Minute, Count::Many), "minutes"),
    (
        Sense::Step(BucketSize::Hour, Count::One),
        "hour, by the hour",
    ),
    (
        Sense::Step(BucketSize::Hour, Count::Many),
        "hours, hourly, hour by hour",
    ),
    (
        Sense::Step(BucketSize::Day, Count::One),
        "day, weekday, date",
    ),
    (
        Sense::Step(BucketSize::Day, Count::Many),
        "days, daily, day by day, dates, weekdays, day to day",
    ),
    (
        Sense::By,
        "by, per, each, for each, for every, every, split by, broken down by, breakdown by, \
         grouped by, group by, broken out by, for each of the, by each, per each, sorted by, \
         ordered by, order by, sort by, ranked by, rank by, break down by, divided by, across, \
         across all, split across, listed by, aggregated by, breakdown per, split per, \
         each of the, between the",
    ),
    (
        Sense::Rank(SLOWNESS, Ascending::No),
        "slowest, most slow, laggiest, longest, \
         longest running, slowest running, least responsive",
    ),
    (
        Sense::Rank(SLOWNESS, Ascending::Yes),
        "fastest, quickest, speediest, most responsive, \
         least slow, shortest, snappiest",
    ),
    (
        Sense::Rank(&[Measure::Queries], Ascending::No),
        "busiest, most active, most used, most popular, busy, most called, rush, \
         most frequently used, most often used, most frequent, most busy, most heavily used, \
         most requested, most often called, most frequently called, popular, most loaded",
    ),
    (
        Sense::Rank(&[Measure::Queries], Ascending::Yes),
        "quietest, least used, least busy, least active, least popular, calmest, quiet, \
         least called, least frequently used, rarely used, rarest, most idle, idlest",
    ),
    (
        Sense::Rank(&[Measure::Cost], Ascending::No),
        "most expensive, costliest, priciest, dearest, most costly, most pricey",
    ),
    (
        Sense::Rank(&[Measure::Cost], Ascending::Yes),
        "cheapest, least expensive, least costly, lowest priced, most affordable, \
         most economical",
    ),
    (Sense::Judged(Ascending::No), "worst"),
    (Sense::Judged(Ascending::Yes), "best"),
    (
        Sense::Rank(TROUBLE, Ascending::No),
        "most failing, most error prone, buggiest, most problematic, most troublesome, \
         error prone, problematic",
    ),
    (
        Sense::Rank(UNRELIABILITY, Ascending::No),
        "least reliable, flakiest, most unreliable, flaky, unreliable, most flaky, least stable",
    ),
    (
        Sense::Rank(UNRELIABILITY, Ascending::Yes),
        "most reliable, most stable, most dependable",
    ),
    (
        Sense::Extreme(Ascending::No),
        "most, highest, biggest, largest, greatest, max, maximum, the most, most often, \
         most of, more than anyone, more than anybody, most frequently",
    ),
    (
        Sense::Extreme(Ascending::Yes),
        "least, lowest, fewest, smallest, minimum, the least, least often",
    ),
    (Sense::Peak, "peak, peaks, peaked, peaking, heaviest"),
    (Sense::Single, "single"),
    (Sense::Top(Ascending::No), "top"),
    (Sense::Top(Ascending::Yes), "bottom"),
];
