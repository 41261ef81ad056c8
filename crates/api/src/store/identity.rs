//! Telling databases apart without showing where they are.

use xxhash_rust::xxh3::xxh3_64;

use super::Database;

impl Database {
    /// A number for this database, the same at every start. It tells nothing of the address.
    pub fn identity(&self) -> u64 {
        let address = match self {
            Database::Sqlite(path) => format!("sqlite {}", path.display()),
            Database::Postgres(options) => format!(
                "postgres {} {} {:?} {:?}",
                options.get_host(),
                options.get_port(),
                options.get_socket(),
                options.get_database()
            ),
        };
        xxh3_64(address.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_differ_and_passwords_do_not_matter() {
        let identity = |url: &str| Database::parse(url).unwrap().identity();
        let one = identity("postgres://me:secret@localhost/hub");
        assert_eq!(one, identity("postgres://me:changed@localhost/hub"));
        assert_ne!(one, identity("postgres://me:secret@localhost/other"));
        assert_ne!(one, identity("postgres://me:secret@localhost:5433/hub"));
        assert_ne!(identity("sqlite://a.db"), identity("sqlite://b.db"));
    }
}
