//! What can go wrong in the simulated hub.

use std::path::PathBuf;

use crate::Generation;

/// A failure of the simulated hub. No variant carries a connection string.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// A file or folder of the embedded database cannot be used.
    #[error("cannot use {}: {source}", path.display())]
    Io {
        /// What was touched.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The file exists and was not made by the simulated hub.
    #[error(
        "{} is not a database of the simulated hub, so it is left alone: name a file that does \
         not exist yet, or point DATABASE_URL at the PostgreSQL database of a hub",
        path.display()
    )]
    ForeignFile {
        /// The file.
        path: PathBuf,
    },
    /// The file was made by a later version of the simulated hub.
    #[error(
        "{} was made by a newer version (layout {found}, this one knows {known}): use that \
         version, or move the file away to have a new one made",
        path.display()
    )]
    TooNew {
        /// The file.
        path: PathBuf,
        /// The layout it bears.
        found: i64,
        /// The layout this version writes.
        known: i64,
    },
    /// Another process writes to the embedded database.
    #[error("another simulated hub is already writing to {}", path.display())]
    AlreadyRunning {
        /// The database.
        path: PathBuf,
    },
    /// The `PostgreSQL` database holds a hub's schema that this simulator did not make.
    #[error(
        "the database already has a schema `{schema}` that the simulated hub did not make, so it \
         is left alone: use an empty database"
    )]
    NotOurs {
        /// The schema.
        schema: String,
    },
    /// The `PostgreSQL` database holds another generation.
    #[error("the database holds generation {found}, not {wanted}: use an empty database")]
    OtherGeneration {
        /// What was asked for.
        wanted: Generation,
        /// What is there.
        found: String,
    },
    /// The database refused.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

impl SimError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
