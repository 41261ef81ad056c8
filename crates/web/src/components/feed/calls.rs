//! The calls that a feed holds: the newest, which are kept up to date, and older ones that
//! were asked for.

use std::sync::Arc;

use shared_types::Activity;

/// How many calls a feed holds at most.
pub(crate) const MOST: usize = 10_000;

/// A call, and which of its versions it is: a call that was corrected is another row.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) version: u32,
    pub(crate) told: Activity,
}

/// Where a call stands in the order of the feed: newest first.
pub(crate) type Place = (String, i64);

/// The calls, newest first.
#[derive(Default)]
pub(crate) struct Calls {
    rows: Vec<Arc<Call>>,
    versions: u32,
}

impl Calls {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Those from `first` up to and without `end`, as far as there are.
    pub(crate) fn slice(&self, first: usize, end: usize) -> Vec<Arc<Call>> {
        let count = end.saturating_sub(first);
        self.rows.iter().skip(first).take(count).cloned().collect()
    }

    /// The call at this index.
    pub(crate) fn get(&self, index: usize) -> Option<&Activity> {
        self.rows.get(index).map(|row| &row.told)
    }

    /// The oldest one.
    pub(crate) fn oldest(&self) -> Option<&Activity> {
        self.rows.last().map(|row| &row.told)
    }

    /// Where the call with this id is.
    pub(crate) fn find(&self, id: i64) -> Option<usize> {
        self.rows.iter().position(|row| row.told.id == id)
    }

    /// How many are newer than this place.
    pub(crate) fn newer_than(&self, than: &Place) -> usize {
        let newer = |row: &Arc<Call>| key(&row.told) > (than.0.as_str(), than.1);
        self.rows.partition_point(newer)
    }

    /// Whether there are calls between these newest ones and those that are held, which
    /// nobody has told of.
    pub(crate) fn is_apart(&self, newest: &[Activity]) -> bool {
        let (first, last) = (self.rows.first(), newest.last());
        first
            .zip(last)
            .is_some_and(|(first, last)| key(last) > key(&first.told))
    }

    /// Brings the newest calls up to date. These are all there are, down to the last of
    /// them; calls that are held and older stay, unless there is a gap between.
    pub(crate) fn bring(&mut self, newest: &[Activity]) {
        if newest.is_empty() || self.is_apart(newest) {
            self.rows.clear();
        }
        let mut rows: Vec<Arc<Call>> = Vec::with_capacity(self.rows.len() + newest.len());
        for told in newest {
            // Corrections move a call by little: it is found near the top.
            let held = self.rows.iter().take(2 * newest.len());
            let held = held.filter(|held| held.told.id == told.id);
            let same = held.into_iter().find(|held| held.told == *told).cloned();
            rows.push(same.unwrap_or_else(|| self.call(told.clone())));
        }
        let last = newest.last().map(key);
        let older = |row: &&Arc<Call>| last.is_none_or(|last| key(&row.told) < last);
        rows.extend(self.rows.iter().filter(older).cloned());
        rows.truncate(MOST);
        self.rows = rows;
    }

    /// Adds older calls at the end.
    pub(crate) fn append(&mut self, older: Vec<Activity>) {
        for told in older {
            let fits = self.oldest().is_none_or(|last| key(&told) < key(last));
            if fits && self.rows.len() < MOST {
                let call = self.call(told);
                self.rows.push(call);
            }
        }
    }

    /// Forgets the oldest call: the hub has deleted it.
    pub(crate) fn drop_oldest(&mut self) {
        self.rows.pop();
    }

    fn call(&mut self, told: Activity) -> Arc<Call> {
        self.versions = self.versions.wrapping_add(1);
        let version = self.versions;
        Arc::new(Call { version, told })
    }
}

/// Where a call stands.
pub(crate) fn place(call: &Activity) -> Place {
    let (at, id) = key(call);
    (at.to_owned(), id)
}

/// RFC 3339 in UTC sorts as text but for fractions, which may be cut short: `00Z` comes
/// before `00.5Z`, so the `Z` is left out of the comparison.
fn key(call: &Activity) -> (&str, i64) {
    let at = call.timestamp.as_str();
    (at.strip_suffix('Z').unwrap_or(at), call.id)
}

#[cfg(test)]
mod tests;
