//! What a simulated request costs: tokens times a price, in exact decimals.

use rust_decimal::Decimal;

/// A made-up model. Its prices are of the order of public list prices; no
/// vendor's model is meant.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// Named in `result_summary`, always starting with `simulated`.
    pub name: &'static str,
    /// USD per million tokens sent, not cached; in thousandths.
    pub input_milli_usd: i64,
    /// USD per million tokens answered; in thousandths.
    pub output_milli_usd: i64,
    /// USD per million tokens sent and found in the cache; in thousandths.
    pub cached_milli_usd: i64,
    /// Out of all requests, how many use it; relative.
    pub weight: f64,
    /// The middle of its simulated latency, milliseconds.
    pub median_ms: f64,
}

/// The models of the simulated hub.
pub const MODELS: [Model; 3] = [
    Model {
        name: "simulated-small",
        input_milli_usd: 250,
        output_milli_usd: 2_000,
        cached_milli_usd: 25,
        weight: 0.55,
        median_ms: 260.0,
    },
    Model {
        name: "simulated-medium",
        input_milli_usd: 1_000,
        output_milli_usd: 5_000,
        cached_milli_usd: 100,
        weight: 0.35,
        median_ms: 480.0,
    },
    Model {
        name: "simulated-large",
        input_milli_usd: 3_000,
        output_milli_usd: 15_000,
        cached_milli_usd: 300,
        weight: 0.10,
        median_ms: 900.0,
    },
];

/// Tokens of one request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Sent to the model, cached ones included.
    pub input: i32,
    /// Answered by the model.
    pub output: i32,
    /// The part of `input` found in the cache.
    pub cached: i32,
}

impl Model {
    /// USD, rounded to six places.
    pub fn cost(&self, tokens: Tokens) -> Decimal {
        let uncached = i64::from(tokens.input) - i64::from(tokens.cached);
        // USD per million tokens in thousandths, times tokens: billionths of a USD.
        let nano_usd = uncached * self.input_milli_usd
            + i64::from(tokens.cached) * self.cached_milli_usd
            + i64::from(tokens.output) * self.output_milli_usd;
        Decimal::new(nano_usd, 9).round_dp(6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_tokens_of_each_kind_cost_the_listed_prices() {
        let [_, medium, _] = MODELS;
        let million = |input, output, cached| Tokens {
            input,
            output,
            cached,
        };
        assert_eq!(
            medium.cost(million(1_000_000, 0, 0)).to_string(),
            "1.000000"
        );
        assert_eq!(
            medium.cost(million(0, 1_000_000, 0)).to_string(),
            "5.000000"
        );
        assert_eq!(
            medium.cost(million(1_000_000, 0, 1_000_000)).to_string(),
            "0.100000"
        );
    }
}
