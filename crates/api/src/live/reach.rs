//! Reaching beyond memory: reads what windows want that nobody has read yet.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use timeline::{HOUR, Zone};

use super::beyond::{Beyond, Wanted};
use super::{Live, LiveError, View};

impl Live {
    /// What memory does not tell of this window; none when it tells everything.
    pub(super) async fn reach(
        &self,
        zone: &Zone,
        view: View,
    ) -> Result<Option<Arc<Beyond>>, LiveError> {
        let shared = &self.shared;
        let Some((wanted, disturbed)) = self.wanted(zone, view)? else {
            return Ok(None);
        };
        let holds = || {
            let kept = shared.beyond.kept(zone, view, &wanted);
            kept.filter(|kept| kept.holds(disturbed))
        };
        if let Some(kept) = holds() {
            return Ok(Some(kept));
        }
        let _turn = shared.beyond.reading.acquire().await;
        // Somebody else may have read it while we waited.
        if let Some(kept) = holds() {
            return Ok(Some(kept));
        }
        match self.read_finer(wanted.span()).await {
            Ok(rows) => {
                let beyond = Arc::new(wanted.folded(&rows, disturbed));
                shared.beyond.keep(zone, view, &beyond);
                Ok(Some(beyond))
            }
            // While the database is away, the last good figures are told.
            Err(error) => match shared.beyond.kept(zone, view, &wanted) {
                Some(kept) => Ok(Some(kept)),
                None => Err(error),
            },
        }
    }

    fn wanted(&self, zone: &Zone, view: View) -> Result<Option<(Wanted, u64)>, LiveError> {
        let now = (self.shared.clock)();
        let figures = self.answering()?;
        let Some(wanted) = Wanted::of(&figures, zone, view, now)? else {
            return Ok(None);
        };
        let later = Wanted::of(&figures, zone, view, now.saturating_add(HOUR))?;
        Ok(Some((wanted.and_later(later), figures.disturbed)))
    }

    /// Reads again, apart from everything else, what windows that are watched want.
    pub(super) fn refresh(&self) {
        let own = self.shared.streams.own();
        if own.is_empty() || self.shared.beyond.refreshing.swap(true, Ordering::AcqRel) {
            return;
        }
        let live = self.clone();
        tokio::spawn(async move {
            for (zone, view) in own {
                if let Err(error) = live.reach(&zone, view).await {
                    tracing::debug!(%error, "a window that is watched could not be read");
                }
            }
            live.shared
                .beyond
                .refreshing
                .store(false, Ordering::Release);
        });
    }
}
