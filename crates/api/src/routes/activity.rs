use actix_web::{HttpRequest, HttpResponse, web};
use shared_types::{ActivityPage, CallStatus, Problem};

use super::params::Params;
use super::respond;
use crate::app::State;
use crate::doors::Visitor;
use crate::error::ApiError;
use crate::live::ActivityQuery;

/// What a page of calls takes.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `Params` reads them")]
struct ActivityParams {
    /// How many calls at most, 1 to 500; 50 when not given.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// Begin after (older than) the call with this id. Not with `cursor`.
    #[param(minimum = 0)]
    before_id: Option<i64>,
    /// Calls that touched this MCP server; `Unattributed`: none.
    #[param(max_length = 255)]
    mcp: Option<String>,
    /// Calls that ended so.
    status: Option<CallStatus>,
    /// `error`: calls that failed or were blocked.
    #[param(pattern = "^error$")]
    outcome: Option<String>,
    /// Calls by the user with this e-mail address. For admins.
    #[param(max_length = 255)]
    user: Option<String>,
    /// Calls whose question, tool, MCP server or error contains this text. For admins.
    #[param(max_length = 200)]
    q: Option<String>,
    /// RFC 3339: not before; the history's beginning when not given.
    #[param(format = DateTime)]
    from: Option<String>,
    /// RFC 3339: before; now when not given.
    #[param(format = DateTime)]
    to: Option<String>,
    /// Not used: times are in UTC. Checked like everywhere.
    #[param(format = "iana-time-zone")]
    tz: Option<String>,
}

/// Calls, newest first, a page at a time. Who asked what is for admins only: for others the
/// address is null and the question empty, and `user` and `q` are refused.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/activity",
    tag = "dashboard",
    params(ActivityParams),
    responses(
        (status = 200, description = "One page", body = ActivityPage),
        (status = 304, description = "The client holds it already"),
        (status = 400, description = "A parameter is wrong, or the row that the page begins at is gone", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "A filter that needs an admin", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The database took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn activity(
    request: HttpRequest,
    state: web::Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let audience = visitor.audience();
    respond::asked(&request, &state, audience, async |params| {
        let query = read(&params)?;
        if !visitor.is_admin() {
            // How many calls match would tell what is not shown.
            if query.user.is_some() {
                return Err(ApiError::forbidden("The filter `user`"));
            }
            if query.text.is_some() {
                return Err(ApiError::forbidden("The filter `q`"));
            }
        }
        Ok(state.live.activity(&query, audience).await?)
    })
    .await
}

/// The page of calls that is asked for.
pub(super) fn read(params: &Params) -> Result<ActivityQuery, ApiError> {
    params.zone()?;
    let limit = params.read("limit", "must be a whole number from 1 to 500", |text| {
        text.parse().ok().filter(|limit| (1..=500).contains(limit))
    })?;
    let before_id = params.read("before_id", "must be the id of a call", |text| {
        text.parse().ok().filter(|id| *id >= 0)
    })?;
    let statuses = "must be one of `success`, `warning`, `error`, `blocked`";
    let status = params.read("status", statuses, |text| {
        CallStatus::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
    })?;
    let errors_only = params.read("outcome", "must be `error`", |text| {
        (text == "error").then_some(())
    })?;
    let cursor = params.text("cursor", 200)?;
    if cursor.is_some() && before_id.is_some() {
        return Err(ApiError::parameter(
            "before_id",
            "cannot be given together with `cursor`",
        ));
    }
    let (from, to) = (params.moment("from")?, params.moment("to")?);
    if from.zip(to).is_some_and(|(from, to)| from >= to) {
        return Err(ApiError::parameter("from", "must be before `to`"));
    }
    Ok(ActivityQuery {
        limit: limit.unwrap_or(50),
        cursor,
        before_id,
        mcp: params.text("mcp", 255)?,
        status,
        errors_only: errors_only.is_some(),
        user: params.text("user", 255)?,
        text: params.text("q", 200)?,
        from,
        to,
    })
}
