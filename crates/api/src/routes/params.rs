//! Query parameters: read once, bounded, with errors that name the parameter and what is
//! allowed. Parameters that nobody knows are ignored.

use std::collections::HashMap;

use actix_web::HttpRequest;
use actix_web::web::Query;
use shared_types::Range;
use timeline::{BucketSize, Micros, Zone};

use crate::error::ApiError;
use crate::live::{Audience, View, WindowSpec};

/// The longest query string that is read.
const LONGEST: usize = 8 * 1024;

/// The parameters of one request.
pub(super) struct Params(HashMap<String, String>);

impl Params {
    pub(super) fn of(request: &HttpRequest) -> Result<Params, ApiError> {
        let text = request.query_string();
        if text.len() > LONGEST {
            return Err(ApiError::parameter(
                "query",
                "the query string may have 8 KiB at most",
            ));
        }
        let pairs = Query::<Vec<(String, String)>>::from_query(text)
            .map_err(|_| ApiError::parameter("query", "the query string cannot be read"))?;
        let mut found = HashMap::new();
        for (name, value) in pairs.into_inner() {
            if value.contains('\0') {
                return Err(ApiError::parameter(&shown(&name), "must not contain NUL"));
            }
            if found.insert(name.clone(), value).is_some() {
                return Err(ApiError::parameter(&shown(&name), "must be given once"));
            }
        }
        Ok(Params(found))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A text of at most so many characters; none when it is absent or blank.
    pub(super) fn text(&self, name: &str, longest: usize) -> Result<Option<String>, ApiError> {
        match self
            .get(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            Some(text) if text.chars().count() > longest => Err(ApiError::parameter(
                name,
                &format!("must have at most {longest} characters"),
            )),
            text => Ok(text.map(str::to_owned)),
        }
    }

    /// Reads a parameter with the reader given; absent is none.
    pub(super) fn read<T>(
        &self,
        name: &str,
        allowed: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        self.get(name)
            .map(|text| read(text).ok_or_else(|| ApiError::parameter(name, allowed)))
            .transpose()
    }

    /// The viewer's time zone; UTC when not given.
    pub(super) fn zone(&self) -> Result<Zone, ApiError> {
        let allowed = "must be an IANA time zone like `UTC`, `Europe/Berlin` or `Asia/Kolkata`";
        let zone = self.read("tz", allowed, Zone::named)?;
        Ok(zone.unwrap_or_else(Zone::utc))
    }

    fn range(&self) -> Result<Option<Range>, ApiError> {
        let allowed = "must be one of `today`, `1h`, `6h`, `24h`, `7d`, `30d`";
        self.read("range", allowed, |text| text.parse().ok())
    }

    /// The moment that a parameter names.
    pub(super) fn moment(&self, name: &str) -> Result<Option<Micros>, ApiError> {
        let allowed = "must be a time in RFC 3339 like `2026-01-26T10:30:00Z`";
        self.read(name, allowed, |text| {
            // A `+` that was not escaped arrives as a space.
            let text = text.replace(' ', "+");
            let moment = text.parse::<jiff::Timestamp>().ok()?;
            Some(moment.as_microsecond())
        })
    }

    /// The window of a chart: a range, or from one time to another (to now, when left out).
    pub(super) fn window(&self, default: Range) -> Result<WindowSpec, ApiError> {
        Ok(self.asked()?.unwrap_or(WindowSpec::Named(default)))
    }

    /// The window that is asked for, if any is.
    fn asked(&self) -> Result<Option<WindowSpec>, ApiError> {
        let range = self.range()?;
        let (from, to) = (self.moment("from")?, self.moment("to")?);
        let bucket = self.bucket()?;
        match (range, from, to) {
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => Err(ApiError::parameter(
                "range",
                "cannot be given together with `from` or `to`",
            )),
            (_, None, Some(_)) => Err(ApiError::parameter("from", "must be given with `to`")),
            (_, Some(from), to) => Ok(Some(WindowSpec::Between { from, to, bucket })),
            (_, None, None) if bucket.is_some() => Err(ApiError::parameter(
                "bucket",
                "can be given together with `from` and `to` only",
            )),
            (range, None, None) => Ok(range.map(WindowSpec::Named)),
        }
    }

    /// The page, as this audience sees it: one window for every chart, or none, and whether it
    /// is compared.
    pub(super) fn view(&self, audience: Audience) -> Result<View, ApiError> {
        Ok(View {
            window: self.asked()?,
            compare: self.compare()?,
            audience,
        })
    }

    /// Whether points tell what they are compared with.
    pub(super) fn compare(&self) -> Result<bool, ApiError> {
        let asked = self.read("compare", "must be `previous`", |text| {
            (text == "previous").then_some(())
        })?;
        Ok(asked.is_some())
    }

    fn bucket(&self) -> Result<Option<BucketSize>, ApiError> {
        let allowed = "must be one of `1m`, `5m`, `1h`, `6h`, `1d`, or as many seconds";
        self.read("bucket", allowed, |text| match text {
            "1m" => Some(BucketSize::Minute),
            "5m" => Some(BucketSize::FiveMinutes),
            "1h" => Some(BucketSize::Hour),
            "6h" => Some(BucketSize::SixHours),
            "1d" => Some(BucketSize::Day),
            seconds => BucketSize::from_seconds(seconds.parse().ok()?),
        })
    }
}

/// A parameter's name as an answer may repeat it.
fn shown(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_control())
        .take(40)
        .collect()
}
