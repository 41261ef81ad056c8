//! Which calls a page of activity holds, as conditions with bound values.

use super::conditions::Conditions;
use super::expressions::{Dialect, Expressions};

/// Where a row stands in the order of the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When it began, microseconds since the epoch.
    pub at: i64,
    /// Its id.
    pub id: i64,
}

/// Restrictions; what is absent does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Not before, microseconds since the epoch.
    pub from: i64,
    /// Before, microseconds since the epoch.
    pub to: i64,
    /// Highest id to look at: what the figures have counted so far.
    pub up_to: i64,
    /// Ids at or below `up_to` that the figures have not counted, both ends in.
    pub except: Vec<(i64, i64)>,
    /// Touched this MCP server. `Some(None)`: touched none.
    pub mcp: Option<Option<String>>,
    /// `success`, `warning`, `error` or `blocked`.
    pub status: Option<&'static str>,
    /// Failed or was refused.
    pub errors_only: bool,
    /// Asked by the user with this address.
    pub user: Option<String>,
    /// Called this tool, without the name of its server.
    pub tool: Option<String>,
    /// Says this somewhere.
    pub text: Option<String>,
}

impl Filter {
    /// Conditions with bound values.
    pub(super) fn conditions(&self, words: &Expressions) -> Conditions {
        self.restrict(words, Conditions::default())
    }

    /// Conditions as people write them: about the table as it stands.
    pub(super) fn written(&self, words: &Expressions) -> Conditions {
        self.restrict(words, Conditions::written(words.dialect))
    }

    fn restrict(&self, words: &Expressions, mut c: Conditions) -> Conditions {
        let (from, to) = (c.moment(words, self.from), c.moment(words, self.to));
        c.push(format!("a.timestamp >= {from}"));
        c.push(format!("a.timestamp < {to}"));
        if !c.is_written() {
            self.as_counted(&mut c);
        }
        match &self.mcp {
            Some(Some(name)) => {
                let name = c.string(name);
                c.push(touches(words, &name));
            }
            Some(None) => c.push(touches_none(words)),
            None => {}
        }
        if let Some(status) = self.status {
            let error = words.is_error();
            let (blocked, warned) = (&words.blocked, &words.warned);
            c.push(match status {
                "blocked" => blocked.clone(),
                "error" => format!("({error} AND NOT {blocked})"),
                "warning" => format!("(NOT {error} AND {warned})"),
                _ => format!("(NOT {error} AND NOT ({warned}))"),
            });
        }
        if self.errors_only {
            c.push(words.is_error());
        }
        if let Some(email) = &self.user {
            let asked_by = asked_by(words, &mut c, email);
            c.push(asked_by);
        }
        if let Some(tool) = &self.tool {
            let tool = c.string(tool);
            c.push(calls(words, &tool));
        }
        if let Some(text) = &self.text {
            let pattern = c.string(&contains(text));
            let like = |column: &String| format!("lower({column}) LIKE {pattern} ESCAPE '!'");
            let mut places: Vec<String> = words.search.iter().map(like).collect();
            if words.has_accessed {
                places.push(format!(
                    "EXISTS (SELECT 1 FROM {} WHERE lower(m.name) LIKE {pattern} ESCAPE '!')",
                    accessed(words)
                ));
            }
            c.push(format!("({})", places.join(" OR ")));
        }
        c
    }

    /// Only what the figures have counted.
    fn as_counted(&self, c: &mut Conditions) {
        let up_to = c.number(self.up_to);
        c.push(format!("a.id <= {up_to}"));
        for (low, high) in &self.except {
            let (low, high) = (c.number(*low), c.number(*high));
            c.push(format!("NOT a.id BETWEEN {low} AND {high}"));
        }
    }
}

fn asked_by(words: &Expressions, c: &mut Conditions, email: &str) -> String {
    if !words.knows_users {
        return "1 = 0".to_owned();
    }
    let (email, users) = (c.string(email), c.table("auth_service.users"));
    format!("a.user_id IN (SELECT u.id FROM {users} u WHERE u.email = {email})")
}

/// The servers of a row as a table `m(name)`.
fn accessed(words: &Expressions) -> &'static str {
    match words.dialect {
        Dialect::Postgres => "unnest(a.mcps_accessed) AS m(name)",
        Dialect::Sqlite => "(SELECT value AS name FROM json_each(a.mcps_accessed)) AS m",
    }
}

fn touches(words: &Expressions, name: &str) -> String {
    if words.has_accessed {
        format!(
            "(a.mcp_target = {name} OR (coalesce(a.mcp_target, '') = '' \
             AND EXISTS (SELECT 1 FROM {} WHERE m.name = {name})))",
            accessed(words)
        )
    } else {
        format!("a.mcp_target = {name}")
    }
}

fn touches_none(words: &Expressions) -> String {
    if words.has_accessed {
        format!(
            "(coalesce(a.mcp_target, '') = '' AND NOT EXISTS (SELECT 1 FROM {} \
             WHERE coalesce(m.name, '') <> ''))",
            accessed(words)
        )
    } else {
        "coalesce(a.mcp_target, '') = ''".to_owned()
    }
}

/// The row's tools are those it names without servers, the one before the many.
fn calls(words: &Expressions, tool: &str) -> String {
    let one = format!("a.tool_called = {tool}");
    let among = format!(
        "EXISTS (SELECT 1 FROM {} WHERE {} = {tool})",
        words.tools_used(),
        words.bare(words.one_tool())
    );
    match (words.has_tool, words.has_tools) {
        (true, true) => format!("({one} OR (coalesce(a.tool_called, '') = '' AND {among}))"),
        (true, false) => one,
        (false, true) => among,
        (false, false) => "1 = 0".to_owned(),
    }
}

/// A LIKE pattern for "contains", with the wildcards of the text itself taken literally.
fn contains(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_in_what_is_searched_are_letters() {
        assert_eq!(contains("50%_Off!"), "%50!%!_off!!%");
    }
}
