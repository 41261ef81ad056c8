//! The three generations of the hub's schema.

use std::{fmt, str::FromStr};

/// A generation of the hub's database schema.
///
/// They differ in `omni2.audit_logs` and `omni2.mcp_servers`; `auth_service` is
/// the same in all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Generation {
    /// Many servers per request (`mcps_accessed`), `cost_estimate`, `status`.
    A,
    /// One server and one tool per request, tokens but no cost.
    B,
    /// As B, with `cost_usd` and `source`.
    C,
}

impl Generation {
    /// All three, oldest first.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        })
    }
}

/// The text is none of `A`, `B`, `C`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a generation is A, B or C, not {0:?}")]
pub struct UnknownGeneration(String);

impl FromStr for Generation {
    type Err = UnknownGeneration;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "A" | "a" => Ok(Self::A),
            "B" | "b" => Ok(Self::B),
            "C" | "c" => Ok(Self::C),
            other => Err(UnknownGeneration(other.to_owned())),
        }
    }
}
