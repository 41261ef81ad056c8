//! Which calls are asked about, in the words of the store: up to the same point as the
//! figures.

use grammar::{Filter as Asked, Outcome};
use timeline::Span;

use crate::live::calls::GAPS_NAMED;
use crate::live::figures::Figures;
use crate::store::Filter;

/// Everything that the figures have counted of it.
pub(super) fn counted(figures: &Figures, asked: &Asked, span: Span) -> Filter {
    let gaps = figures.gaps.intervals();
    Filter {
        up_to: figures.high,
        except: gaps.into_iter().rev().take(GAPS_NAMED).collect(),
        ..all(asked, span)
    }
}

/// All of it.
pub(super) fn all(asked: &Asked, span: Span) -> Filter {
    let unattributed = |name: &String| name == shared_types::UNATTRIBUTED;
    let bare = |text: &String| text.replace('\0', "");
    Filter {
        from: span.from,
        to: span.to,
        up_to: i64::MAX,
        except: Vec::new(),
        mcp: asked
            .server
            .as_ref()
            .map(|name| (!unattributed(name)).then(|| bare(name))),
        status: match asked.outcome {
            Some(Outcome::Success) => Some("success"),
            Some(Outcome::Warning) => Some("warning"),
            Some(Outcome::Failed) => Some("error"),
            Some(Outcome::Blocked) => Some("blocked"),
            Some(Outcome::Error) | None => None,
        },
        errors_only: asked.outcome == Some(Outcome::Error),
        user: asked.user.as_ref().map(bare),
        tool: asked.tool.as_ref().map(bare),
        text: asked.text.as_ref().map(bare),
    }
}
