//! Parameters that several endpoints take, as the description of the interface has them.

use shared_types::Range;

/// The window, of one chart or of all of them.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `Params` reads them")]
pub(super) struct WindowParams {
    /// The viewer's time zone (IANA), whose wall clock the buckets follow; UTC when not given.
    #[param(example = "Europe/Berlin")]
    tz: Option<String>,
    /// `today`, `1h`, `6h`, `24h`, `7d` or `30d`: whole buckets and the running one. Without a
    /// window, each chart's own default.
    #[param(example = "24h")]
    range: Option<Range>,
    /// RFC 3339: the window begins here, widened outward to whole buckets. Not with `range`.
    from: Option<String>,
    /// RFC 3339: the window ends here; now, when not given.
    to: Option<String>,
    /// `1m`, `5m`, `1h`, `6h`, `1d` or as many seconds, with `from`: else it goes by the length.
    bucket: Option<String>,
}

/// What charts over time take besides.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `Params` reads them")]
pub(super) struct CompareParams {
    /// `previous`: each point also tells the figure of the bucket in the same place of the
    /// window before, which has as many buckets and ends where this one begins; for `today`
    /// that is yesterday from midnight.
    #[param(example = "previous")]
    compare: Option<String>,
}
