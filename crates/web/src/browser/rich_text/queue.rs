//! What the worker is asked next: one thing at a time, so that whatever comes meanwhile is
//! asked for together.

use std::collections::BTreeMap;

use super::Rendered;

/// The answers that are being written.
#[derive(Default)]
pub(super) struct Queue {
    answers: BTreeMap<u32, Answer>,
    /// Whose turn it is in the worker.
    asked: Option<u32>,
    /// Whose turn it was last.
    before: Option<u32>,
}

#[derive(Default)]
struct Answer {
    /// All that was pushed: a new worker is told everything again.
    text: String,
    /// How much of it the worker knows, in bytes.
    told: usize,
    finished: bool,
    /// The worker knows that too.
    told_finished: bool,
    /// The worker did not manage it: the rest is not even tried.
    plain: bool,
}

/// What the worker is asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ask {
    pub(super) answer: u32,
    pub(super) text: String,
    pub(super) finish: bool,
}

impl Queue {
    /// More of an answer.
    pub(super) fn push(&mut self, answer: u32, piece: &str) {
        let answer = self.answers.entry(answer).or_default();
        if !answer.plain {
            answer.text.push_str(piece);
        }
    }

    /// Nothing more comes of an answer.
    pub(super) fn finish(&mut self, answer: u32) {
        let finished = self.answers.entry(answer).or_default();
        finished.finished = true;
        if finished.plain {
            self.answers.remove(&answer);
        }
    }

    /// Nobody wants an answer any more.
    pub(super) fn forget(&mut self, answer: u32) {
        self.answers.remove(&answer);
    }

    /// Whether somebody waits for this answer.
    pub(super) fn is_open(&self, answer: u32) -> bool {
        self.answers
            .get(&answer)
            .is_some_and(|answer| !answer.plain)
    }

    /// Whether there is anything to ask.
    pub(super) fn is_waiting(&self) -> bool {
        self.answers.values().any(Answer::is_waiting)
    }

    /// What to ask now; none while the worker is busy. Answers take turns.
    pub(super) fn next(&mut self) -> Option<Ask> {
        if self.asked.is_some() {
            return None;
        }
        let waits = |(number, answer): (&u32, &Answer)| answer.is_waiting().then_some(*number);
        let before = self.before.map_or(0, |before| before.saturating_add(1));
        let next = self.answers.range(before..).find_map(waits);
        let number = next.or_else(|| self.answers.iter().find_map(waits))?;
        let answer = self.answers.get_mut(&number)?;
        let text = answer.text.get(answer.told..).unwrap_or_default();
        let ask = Ask {
            answer: number,
            text: text.to_owned(),
            finish: answer.finished,
        };
        answer.told = answer.text.len();
        answer.told_finished = answer.finished;
        (self.asked, self.before) = (Some(number), Some(number));
        Some(ask)
    }

    /// The worker has done what it was asked. Whether somebody waits for it.
    pub(super) fn done(&mut self, answer: u32) -> bool {
        if self.asked == Some(answer) {
            self.asked = None;
        }
        let Some(done) = self.answers.get(&answer) else {
            return false;
        };
        if done.told_finished {
            self.answers.remove(&answer);
        }
        true
    }

    /// The worker is gone. What it was busy with stays plain: it may well be why. A new one
    /// is told the others from their beginning.
    pub(super) fn restart(&mut self) -> Option<Rendered> {
        for answer in self.answers.values_mut() {
            answer.told = 0;
            answer.told_finished = false;
        }
        let busy_with = self.asked.take()?;
        self.give_up(busy_with)
    }

    /// This answer stays plain.
    pub(super) fn give_up(&mut self, answer: u32) -> Option<Rendered> {
        self.asked.take_if(|asked| *asked == answer);
        let given_up = self.answers.get_mut(&answer)?;
        given_up.plain = true;
        given_up.text = String::new();
        given_up.told = 0;
        if given_up.finished {
            self.answers.remove(&answer);
        }
        Some(Rendered::plain(answer))
    }

    /// There is no worker: every answer stays plain.
    pub(super) fn give_all_up(&mut self) -> Vec<Rendered> {
        self.asked = None;
        let open = self.answers.iter().filter(|(_, answer)| !answer.plain);
        let open: Vec<u32> = open.map(|(number, _)| *number).collect();
        open.into_iter()
            .filter_map(|answer| self.give_up(answer))
            .collect()
    }
}

impl Answer {
    fn is_waiting(&self) -> bool {
        !self.plain && (self.told < self.text.len() || self.finished != self.told_finished)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(answer: u32, text: &str, finish: bool) -> Option<Ask> {
        let text = text.to_owned();
        Some(Ask {
            answer,
            text,
            finish,
        })
    }

    #[test]
    fn what_comes_while_the_worker_is_busy_is_asked_together() {
        let mut queue = Queue::default();
        queue.push(1, "a");
        assert_eq!(queue.next(), ask(1, "a", false));
        for _ in 0..10_000 {
            queue.push(1, "b");
            assert_eq!(queue.next(), None);
        }
        queue.finish(1);
        assert!(queue.done(1));
        assert_eq!(queue.next(), ask(1, &"b".repeat(10_000), true));
        assert!(queue.done(1));
        assert!(!queue.is_waiting());
        assert!(queue.answers.is_empty());
    }

    #[test]
    fn an_end_that_comes_while_the_worker_is_busy_is_told_too() {
        let mut queue = Queue::default();
        queue.push(1, "a");
        queue.next();
        queue.finish(1);
        assert!(queue.done(1));
        assert_eq!(queue.next(), ask(1, "", true));
        assert!(queue.done(1));
        assert_eq!(queue.next(), None);
        assert!(queue.answers.is_empty());
    }

    #[test]
    fn answers_take_turns() {
        let mut queue = Queue::default();
        queue.push(1, "one");
        queue.push(2, "two");
        assert_eq!(queue.next(), ask(1, "one", false));
        queue.push(1, "more");
        queue.done(1);
        assert_eq!(queue.next(), ask(2, "two", false));
        queue.done(2);
        assert_eq!(queue.next(), ask(1, "more", false));
    }

    #[test]
    fn what_hangs_the_worker_stays_plain_and_the_others_are_told_again() {
        let mut queue = Queue::default();
        queue.push(1, "good");
        queue.next();
        queue.done(1);
        queue.push(2, "bad");
        queue.next();
        queue.push(1, " and more");
        assert_eq!(queue.restart(), Some(Rendered::plain(2)));
        queue.push(2, "never asked");
        assert_eq!(queue.next(), ask(1, "good and more", false));
        queue.done(1);
        assert!(!queue.is_waiting());
        queue.finish(2);
        assert!(!queue.answers.contains_key(&2));
    }

    #[test]
    fn an_answer_that_nobody_wants_is_neither_asked_nor_told() {
        let mut queue = Queue::default();
        queue.push(1, "a");
        queue.next();
        queue.forget(1);
        assert!(!queue.done(1));
        assert_eq!(queue.next(), None);
    }

    #[test]
    fn without_a_worker_every_answer_stays_plain_once() {
        let mut queue = Queue::default();
        queue.push(1, "a");
        queue.push(2, "b");
        queue.finish(2);
        let plain = vec![Rendered::plain(1), Rendered::plain(2)];
        assert_eq!(queue.give_all_up(), plain);
        assert_eq!(queue.give_all_up(), []);
        queue.push(1, "more");
        assert!(!queue.is_waiting());
    }
}
