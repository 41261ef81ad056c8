use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A named window that ends with the running minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Range {
    /// From midnight in the viewer's time zone, in hours.
    #[serde(rename = "today")]
    Today,
    /// 60 whole minutes and the running one.
    #[serde(rename = "1h")]
    Hour,
    /// 72 whole buckets of five minutes and the running one.
    #[serde(rename = "6h")]
    SixHours,
    /// 24 whole hours and the running one.
    #[serde(rename = "24h")]
    Day,
    /// 28 whole quarters of a day and the running one.
    #[serde(rename = "7d")]
    Week,
    /// 30 whole days and the running one.
    #[serde(rename = "30d")]
    Month,
}

impl Range {
    /// Every range, shortest last bucket first, as the contract lists them.
    pub const ALL: [Range; 6] = [
        Range::Today,
        Range::Hour,
        Range::SixHours,
        Range::Day,
        Range::Week,
        Range::Month,
    ];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Range::Today => "today",
            Range::Hour => "1h",
            Range::SixHours => "6h",
            Range::Day => "24h",
            Range::Week => "7d",
            Range::Month => "30d",
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is none of the names of [`Range::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseRangeError;

impl fmt::Display for ParseRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("range must be one of today, 1h, 6h, 24h, 7d, 30d")
    }
}

impl std::error::Error for ParseRangeError {}

impl FromStr for Range {
    type Err = ParseRangeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Range::ALL
            .into_iter()
            .find(|range| range.as_str() == text)
            .ok_or(ParseRangeError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_reads_back_and_serde_agrees() {
        for range in Range::ALL {
            assert_eq!(range.as_str().parse(), Ok(range));
            assert_eq!(
                serde_json::to_value(range).unwrap(),
                serde_json::json!(range.as_str())
            );
        }
        assert_eq!("2h".parse::<Range>(), Err(ParseRangeError));
    }
}
