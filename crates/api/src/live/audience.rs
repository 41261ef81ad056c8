//! Who an answer is for: what some may not see is left out of it before it is written, kept or
//! sent, so that no two audiences ever share bytes.

use shared_types::{Activity, CallDetail};

/// Who an answer is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Those who may see everything.
    Everything,
    /// Those who see figures and calls, and nothing of who asked what. Whoever does not say
    /// for whom an answer is gets this one.
    #[default]
    WithoutPeople,
}

impl Audience {
    /// A call as this audience sees it. Every field is named, so that a new one is thought about.
    pub(super) fn call(self, call: Activity) -> Activity {
        if self == Audience::Everything {
            return call;
        }
        let Activity {
            id,
            user_email: _,
            action: _,
            mcp,
            mcps,
            duration_ms,
            cost,
            status,
            timestamp,
        } = call;
        Activity {
            id,
            user_email: None,
            action: String::new(),
            mcp,
            mcps,
            duration_ms,
            cost,
            status,
            timestamp,
        }
    }

    /// One call with all its fields as this audience sees it: without those that people wrote,
    /// that may quote them, or that tell where they were.
    pub(super) fn detail(self, detail: CallDetail) -> CallDetail {
        if self == Audience::Everything {
            return detail;
        }
        let CallDetail {
            call,
            cost_estimated,
            message: _,
            request_type,
            source,
            tool,
            tools,
            parameters: _,
            tool_calls,
            iterations,
            tokens,
            error: _,
            error_id,
            warning: _,
            block_reason: _,
            result: _,
            response: _,
            caller: _,
            // Names fields that are left out.
            cut: _,
            stale_since,
        } = detail;
        CallDetail {
            call: self.call(call),
            cost_estimated,
            message: None,
            request_type,
            source,
            tool,
            tools,
            parameters: None,
            tool_calls,
            iterations,
            tokens,
            error: None,
            error_id,
            warning: None,
            block_reason: None,
            result: None,
            response: None,
            caller: None,
            cut: Vec::new(),
            stale_since,
        }
    }

    /// The number that event ids of this audience carry: whoever comes back as somebody else is
    /// given a snapshot, and not what another audience missed.
    pub(super) fn epoch(self, epoch: u64) -> u64 {
        match self {
            Audience::Everything => epoch,
            Audience::WithoutPeople => !epoch,
        }
    }
}
