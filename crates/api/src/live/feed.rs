//! What is shown besides figures: the newest calls, who asked, how many servers and users.

use timeline::{DAY, MINUTE, Micros, SECOND, running_minute_end};

use super::follow::Follower;
use super::newest::KEPT;
use super::rows::Seen;
use crate::store::{AuditRow, Filter, Reading, StoreError};

/// How often servers and users are counted.
const COUNTS_EVERY: Micros = 2 * SECOND;
/// How often the newest calls are read again, for corrections and deletions.
pub(super) const NEWEST_EVERY: Micros = 30 * SECOND;
/// How often addresses are looked up again.
const EMAILS_EVERY: Micros = 60 * SECOND;
/// How far ahead of time calls are read again.
const SOON: Micros = 2 * MINUTE;

/// Whether `next` has come, or lies so far ahead that the clock was set back since.
fn is_due(now: Micros, next: Micros, every: Micros) -> bool {
    now >= next || next - now > every
}

impl Follower {
    /// Counts servers and users, and reads the newest calls and their users' addresses
    /// again, each when it is due.
    pub(super) async fn refresh(
        &mut self,
        reading: &mut Reading,
        now: Micros,
    ) -> Result<(), StoreError> {
        if is_due(now, self.newest_due, NEWEST_EVERY) && self.recheck.is_some() {
            self.read_newest(reading, now).await?;
            self.newest_due = now + NEWEST_EVERY;
        }
        if is_due(now, self.emails_due, EMAILS_EVERY) {
            let known: Vec<i64> = self.shared.figures.read().newest.users().collect();
            self.read_emails(reading, known).await?;
            self.emails_due = now + EMAILS_EVERY;
        }
        if is_due(now, self.counts_due, COUNTS_EVERY) {
            let servers = reading.servers().await?;
            let users = reading.users(now - 7 * DAY).await?;
            self.shared.change(|figures| {
                if figures.servers != Some(servers) || figures.users != users {
                    figures.servers = Some(servers);
                    figures.users = users;
                    figures.version += 1;
                }
            });
            self.counts_due = now + COUNTS_EVERY;
        }
        Ok(())
    }

    /// Whether any of what [`Follower::refresh`] does is due.
    pub(super) fn is_refresh_due(&self, now: Micros) -> bool {
        is_due(now, self.newest_due, NEWEST_EVERY)
            || is_due(now, self.emails_due, EMAILS_EVERY)
            || is_due(now, self.counts_due, COUNTS_EVERY)
    }

    /// The newest calls as this state of the database has them.
    pub(super) async fn read_newest(
        &self,
        reading: &mut Reading,
        now: Micros,
    ) -> Result<(), StoreError> {
        let end = running_minute_end(now);
        let between = |from, to| Filter {
            from,
            to,
            up_to: i64::MAX,
            ..Filter::default()
        };
        let kept = i64::try_from(KEPT).unwrap_or(i64::MAX);
        // Those whose time comes before the next reading: they are shown as it comes.
        let soon = between(end, end + SOON);
        let begun = between(self.shared.history_starts(now), end);
        let pages = [(&soon, kept), (&begun, kept + 1)];
        let digest = reading.digest_of_pages(&pages).await?;
        if let Some(digest) = &digest
            && self.shared.figures.read().newest.are(digest)
        {
            return Ok(());
        }
        let mut rows = reading.page(&soon, None, kept).await?;
        let begun = reading.page(&begun, None, kept + 1).await?;
        let cut = begun.len() > KEPT;
        rows.extend(begun.into_iter().take(KEPT));
        self.learn_emails(reading, &rows).await?;
        let price = self.shared.options.price;
        let calls = rows.iter().filter_map(|row| Seen::of(row, price)).collect();
        self.shared.change(|figures| {
            if figures.newest.replace(calls, cut, digest) {
                figures.version += 1;
            }
        });
        Ok(())
    }

    /// Looks up the users of these rows that are not known yet.
    pub(super) async fn learn_emails(
        &self,
        reading: &mut Reading,
        rows: &[AuditRow],
    ) -> Result<(), StoreError> {
        let unknown: Vec<i64> = {
            let figures = self.shared.figures.read();
            let ids = rows.iter().filter_map(|row| row.user_id);
            ids.filter(|id| !figures.knows_user(*id)).collect()
        };
        if unknown.is_empty() {
            return Ok(());
        }
        let found = self.look_up(reading, unknown).await?;
        self.shared.change(|figures| figures.emails.extend(found));
        Ok(())
    }

    pub(super) async fn read_emails(
        &self,
        reading: &mut Reading,
        ids: Vec<i64>,
    ) -> Result<(), StoreError> {
        let found = self.look_up(reading, ids).await?.into_iter().collect();
        self.shared.change(|figures| {
            if figures.emails != found {
                figures.emails = found;
                figures.version += 1;
            }
        });
        Ok(())
    }

    /// Addresses by user; users that are gone have none.
    async fn look_up(
        &self,
        reading: &mut Reading,
        mut ids: Vec<i64>,
    ) -> Result<Vec<(i64, Option<String>)>, StoreError> {
        ids.sort_unstable();
        ids.dedup();
        let found = reading.emails(&ids).await?;
        let gone = ids.into_iter().map(|id| (id, None));
        Ok(gone
            .chain(found.into_iter().map(|user| (user.id, user.email)))
            .collect())
    }
}
