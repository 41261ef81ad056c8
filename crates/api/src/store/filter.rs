//! Which calls a page of activity holds, as conditions with bound values.

use super::expressions::{Dialect, Expressions, in_calendar};

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
    /// Says this somewhere.
    pub text: Option<String>,
}

/// A value bound to a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bind {
    Number(i64),
    Text(String),
}

/// Conditions joined by AND, with their values in order.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    parts: Vec<String>,
    binds: Vec<Bind>,
}

impl Conditions {
    fn number(&mut self, value: i64) -> String {
        self.binds.push(Bind::Number(value));
        format!("${}", self.binds.len())
    }

    /// A moment, brought within those that every database knows.
    fn moment(&mut self, words: &Expressions, at: i64) -> String {
        let at = self.number(in_calendar(at));
        words.moment(&at)
    }

    fn string(&mut self, value: &str) -> String {
        self.binds.push(Bind::Text(value.to_owned()));
        format!("${}", self.binds.len())
    }

    pub(super) fn text(&self) -> String {
        self.parts.join(" AND ")
    }

    pub(super) fn binds(&self) -> &[Bind] {
        &self.binds
    }

    /// Only rows that come after this place in the feed.
    pub(super) fn older_than(&mut self, words: &Expressions, place: Option<Place>) {
        let Some(place) = place else { return };
        let at = self.moment(words, place.at);
        let id = self.number(place.id);
        self.parts.push(format!(
            "a.timestamp <= {at} AND (a.timestamp < {at} OR a.id < {id})"
        ));
    }
}

impl Filter {
    pub(super) fn conditions(&self, words: &Expressions) -> Conditions {
        let mut c = Conditions::default();
        let (from, to) = (c.moment(words, self.from), c.moment(words, self.to));
        c.parts.push(format!("a.timestamp >= {from}"));
        c.parts.push(format!("a.timestamp < {to}"));
        let up_to = c.number(self.up_to);
        c.parts.push(format!("a.id <= {up_to}"));
        for (low, high) in &self.except {
            let (low, high) = (c.number(*low), c.number(*high));
            c.parts.push(format!("NOT a.id BETWEEN {low} AND {high}"));
        }
        match &self.mcp {
            Some(Some(name)) => {
                let name = c.string(name);
                c.parts.push(touches(words, &name));
            }
            Some(None) => c.parts.push(touches_none(words)),
            None => {}
        }
        if let Some(status) = self.status {
            let error = words.is_error();
            let (blocked, warned) = (&words.blocked, &words.warned);
            c.parts.push(match status {
                "blocked" => blocked.clone(),
                "error" => format!("({error} AND NOT {blocked})"),
                "warning" => format!("(NOT {error} AND {warned})"),
                _ => format!("(NOT {error} AND NOT ({warned}))"),
            });
        }
        if self.errors_only {
            c.parts.push(words.is_error());
        }
        if let Some(email) = &self.user {
            let asked_by = if words.knows_users {
                let email = c.string(email);
                format!(
                    "a.user_id IN (SELECT u.id FROM auth_service.users u WHERE u.email = {email})"
                )
            } else {
                "1 = 0".to_owned()
            };
            c.parts.push(asked_by);
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
            c.parts.push(format!("({})", places.join(" OR ")));
        }
        c
    }
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
