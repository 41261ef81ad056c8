//! What is wanted of the figures, and what is only said to be polite.

use super::Entry;
use crate::sense::{Count, Sense};

const NO_TOKENS: &str = "how many tokens went in and out is not among the figures";
const NO_FUTURE: &str = "what will be is not known, only what was";
const NO_SELF: &str = "who asks is not known here: name the user";

pub(super) const ENTRIES: &[Entry] = &[
    (
        Sense::HowMany,
        "how many, number of, count of, count, how often, total number of, the number of, \
         amount of, how frequently, how many times, nr of, total count of",
    ),
    (
        Sense::HowMuch,
        "how much, total, totals, sum, in total, altogether, overall, sum of",
    ),
    (Sense::How, "how, how about, what about, how well"),
    (
        Sense::What,
        "what, which, what kind of, which of the, which of our, which ones, which one",
    ),
    (Sense::List, "list, enumerate, list of, list all"),
    (
        Sense::Latest(Count::Many),
        "last, latest, recent, newest, most recent, lately, recently, last few, just now, past few",
    ),
    (
        Sense::Does,
        "did, do, doing, done, does, asked, ask, asking, asks, ran, run, runs, running, up to, \
         been up to, execute, executed",
    ),
    (
        Sense::Uses,
        "use, uses, used, using, called, invoked, touched, touch, calling, invoke, invokes, \
         accessed, access, accesses, handle, handles, handled, serve, serves, served, get called, \
         gets called, got called, get used, gets used, got used, made, make, makes, process, \
         processed, receive, received, sent, send, sends",
    ),
    (
        Sense::Against,
        "than, vs, versus, against, compared with, compared to, compare with, compare to, \
         compared against, comparison with, comparison to, in comparison with, relative to, \
         in comparison to, more than, less than, higher than, lower than, fewer than, \
         better than, worse than, as on, same as, different from, difference to, difference from, stack up against, \
         as much as, as many as, as bad as, as good as, up on, down on, up from, down from, up against, differ from",
    ),
    (
        Sense::Change,
        "change, changed, changes, changing, compare, compared, compares, comparison, difference, \
         differences, delta, increase, increased, increasing, decrease, decreased, \
         decreasing, grow, grew, grown, growing, growth, rise, rose, risen, rising, drop, \
         dropped, dropping, fall, fell, fallen, falling, went up, gone up, going up, go up, \
         went down, gone down, going down, go down, up or down, better or worse, more or less, \
         higher, lower, fewer, getting worse, getting better, worse, better, got worse, \
         got better, evolve, evolved, develop, developed, evolution, development, moved, \
         improved, improve, improving, spike, spiked, spiking, more, less, \
         higher or lower",
    ),
    (Sense::Different, "different"),
    (Sense::Distinct, "distinct, unique, separate"),
    (Sense::Active, "active"),
    (Sense::Moved { down: false }, "up"),
    (Sense::Moved { down: true }, "down"),
    (
        Sense::Fine,
        "ok, okay, fine, well, all right, alright, in good shape, good",
    ),
    (Sense::Status, "status, state, statuses"),
    (
        Sense::Show,
        "show, show me, give, give me, display, print, see, view, pull up, bring up, fetch, dig up",
    ),
    (
        Sense::Health { unwell: false },
        "healthy, health, alive, online, working, available, reachable, responding, running ok, \
         enabled, switched on, turned on, up and running, \
         health check, health status, operational, active or not, up or not, inactive, disabled, switched off, turned off, \
         connected, live, configured, registered, installed, known, green",
    ),
    (
        Sense::Health { unwell: true },
        "unhealthy, sick, ill, dead, offline, broken, degraded, unavailable, unreachable, \
         not healthy, not working, not up, not running, not ok, not okay, not available, \
         not reachable, not responding, not online, not well, not fine, not alive, in trouble, \
         having trouble, having problems, having issues, in a bad state, disconnected, not good, \
         on fire, struggling, ailing, red, in bad shape",
    ),
    (
        Sense::Glance,
        "summary, daily report, daily summary, daily overview, daily stats, overview, glance, at a glance, dashboard, stats, statistics, report, numbers, \
         figures, kpis, kpi, metrics, happening, happened, happen, going on, whats up, what up, \
         what new, whats new, sitrep, status update, sum up, summarize, summarise, digest, \
         rundown, recap, briefing, brief, situation, how are we, how are things, how are we doing, \
         how we are doing, how we re doing, how it going, how is it going, how are things going, how things are, \
         how things look, how are things looking, how did we do, how did it go, happens, went on, \
         bring me up to speed, up to speed, catch me up, fill me in, update, updates, \
         big picture, in short, tldr, tl dr, how is the hub, how is everything, how things going, \
         how is the hub doing, how everything, how the hub, how the hub doing, how everything going, \
         how is everything going, the hub doing, how are we looking, how we looking, key figures, \
         the day so far, cards, how does it look, how do things look, how do we look, what is new, \
         what is up",
    ),
    (
        Sense::Help,
        "help, help me, what can you do, what can you tell me, what can you answer, what can i ask, \
         what can i ask you, what could i ask, what do you know, what do you do, how do i use this, \
         how does this work, how do you work, how can you help, how can you help me, commands, \
         what should i ask, who are you, what are you, examples, example, example questions, \
         what questions can i ask, what questions can you answer, usage help, manual, options, \
         what are my options, what can i do here, what can i do, what can be asked, \
         which questions can i ask, can you help me, can you help, what are you able to do, \
         what are you good for, show me what you can do, list commands, what is possible, \
         what possible, which questions can you answer, what kind of questions can i ask, \
         what sort of questions can i ask, what kind of questions can you answer",
    ),
    (
        Sense::Courtesy,
        "hi, hello, hey, hiya, howdy, thanks, thank you, thx, ty, cheers, good morning, \
         good afternoon, good evening, good day, good night, bye, goodbye, many thanks, \
         thanks a lot, thank you very much, thanks so much, great, cool, nice, perfect, awesome, \
         morning all, hi there, hello there, hey there, yo, see you, sorry, wow, oops, welcome, \
         well done, good job, good bot, got it, that helps, brilliant, excellent, lovely, \
         thank you so much, much appreciated, dear, greetings, appreciated, ta, gday, sup",
    ),
    (
        Sense::Filler,
        "so many, so much, many, much, a lot of, lots of, a lot, a, an, the, is, are, was, were, be, been, being, am, has, have, had, having, can, could, \
         would, should, may, might, please, pls, plz, kindly, me, us, we, i, you, our, ours, it, \
         its, this, that, these, those, there, here, tell, were there, are there, was there, \
         look, looks, looking, look at, get, gets, got, want, wants, need, know, like, wondering, wonder, \
         curious, let, check, find, out, just, also, and, or, then, so, far, actually, really, \
         basically, quickly, quick, roughly, about how, exactly, precisely, maybe, perhaps, \
         hub, omni2, omni, system, platform, data, info, information, details, detail, \
         value, values, amount, go, goes, going, went, gone, come, came, take, takes, \
         took, taken, taking, hmm, um, uh, well then, anyway, ok so, okay so, if, them, their, they, one, ones, thing, things, time, kind, sort, currently, current, as well, \
         too, still, already, been, ever since, let me see, i would like, how come not, tell me about, \
         chart, graph, plot, draw, table, breakdown, split, compute, calculate, \
         pull, return, select, say, says, said, answer, now, \
         right now, at the moment, at present, presently, at all, actually did, per se, experience, \
         experienced, produce, produced, cause, caused, causing, generate, generated, \
         causes, trigger, triggered, triggers, see any, encounter, encountered, throw, throws, threw, throwing, thrown, \
         worth, ranking, compare me, full, complete, whole, entire, guys, \
         occur, occurred, occurs, hit, hits with, today so far, while, responsible, responsible for, \
         accountable for, accounts for, account for, people ask, question for you, quick question, \
         i have a question, one question, a question, mate, buddy, bot, assistant,  \
         you know, do you know, if you do not mind, do not know, i do not know, not sure, i am not sure, i not sure, \
         mostly, mainly, primarily, chiefly, trying, interested, need to know, hoping, saw, possible, able, open, seem, seems, seen, feel, feels, feeling, keep, keeps, remain, of course",
    ),
    (Sense::Pronoun, "he, she, his, her, hers, him"),
    (
        Sense::Preposition,
        "of, on, for, from, in, at, to, with, about, within, during, over, through, via, as, \
         throughout, regarding, concerning, into, inside, around, under user, belonging to, among, \
         between, specifically, namely, thanks to, due to",
    ),
    (
        Sense::All,
        "all, any, everything, anything, something, total of, overall total, every single, \
         everywhere, anywhere, some, altogether for all, combined, every one",
    ),
    (
        Sense::Not,
        "not, no, without, never, except, excluding, exclude, other than, but, none, nothing, \
         nobody, neither, nor, apart from, besides, minus, ignoring, instead, rather",
    ),
    (
        Sense::Why,
        "why, how come, reason, reasons, what made, because of what, root cause",
    ),
    (
        Sense::Mentions,
        "mention, mentions, mentioning, mentioned, contain, contains, containing, contained, \
         with the text, with the word, with the words, including the word, with text, \
         including the text, about the word, include the word",
    ),
    (
        Sense::IdWord,
        "id, nr, number, call id, query id, request id, row id, with id, with the id, \
         call number, call no, call nr, request number, query number",
    ),
    (
        Sense::Beyond(NO_TOKENS),
        "token, tokens, token usage, token count, input tokens, output tokens, llm tokens",
    ),
    (
        Sense::Beyond(NO_FUTURE),
        "forecast, forecasts, predict, prediction, predictions, projected, projection, project, \
         expected, expect, will, going to be, estimate for, extrapolate, by end of",
    ),
    (
        Sense::Beyond(NO_SELF),
        "my, mine, myself, my own, did i, have i, do i, i spend, i spent",
    ),
];
