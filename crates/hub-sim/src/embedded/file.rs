//! The file: whose it is, who may write to it, how it is made.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::seed;
use crate::SimError;

/// `PRAGMA application_id` of an embedded database: "OMN2".
pub const APPLICATION_ID: i64 = 0x4F4D_4E32;

/// `PRAGMA user_version`: the layout of the tables.
const LAYOUT: i64 = 1;

const SCHEMA: &str = include_str!("schema.sql");

#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// No file yet, or an empty one.
    Absent,
    /// Ours, in a layout that we know.
    Ours,
}

/// Looks at the file's header without opening it as a database, so that a file
/// of somebody else is not touched, not even by `SQLite`'s recovery.
pub(super) fn check(path: &Path) -> Result<State, SimError> {
    let header = match header(path) {
        Ok(header) => header,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Absent),
        Err(error) => return Err(SimError::io(path)(error)),
    };
    if header.is_empty() {
        return Ok(State::Absent);
    }
    // Offsets from https://www.sqlite.org/fileformat.html#the_database_header
    let sqlite = header.starts_with(b"SQLite format 3\0");
    if !sqlite || number(&header, 68) != Some(APPLICATION_ID) {
        return Err(SimError::ForeignFile {
            path: path.to_owned(),
        });
    }
    match number(&header, 60) {
        Some(found) if found > LAYOUT => Err(SimError::TooNew {
            path: path.to_owned(),
            found,
            known: LAYOUT,
        }),
        _ => Ok(State::Ours),
    }
}

fn header(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(100);
    File::open(path)?.take(100).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn number(header: &[u8], offset: usize) -> Option<i64> {
    let bytes: [u8; 4] = header.get(offset..offset + 4)?.try_into().ok()?;
    Some(i64::from(u32::from_be_bytes(bytes)))
}

/// Takes the one right to write, making the folder first.
pub(super) fn lock(path: &Path) -> Result<File, SimError> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).map_err(SimError::io(folder))?;
    }
    let beside = lock_path(path);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&beside)
        .map_err(SimError::io(&beside))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SimError::AlreadyRunning {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(SimError::io(beside)(error)),
    }
}

fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// How the hub connects.
pub(super) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .busy_timeout(Duration::from_secs(5))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
}

/// Makes tables, marks and seeds in one transaction of the rollback journal: the
/// header bears our mark from its first moment, which a WAL could hold back.
pub(super) async fn make(path: &Path, now: i64) -> Result<(), SimError> {
    let options = options(path).journal_mode(SqliteJournalMode::Delete);
    let mut connection = options.connect().await?;
    let mut transaction = connection.begin().await?;
    let marks =
        format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LAYOUT};");
    sqlx::raw_sql(AssertSqlSafe(marks))
        .execute(&mut *transaction)
        .await?;
    sqlx::raw_sql(SCHEMA).execute(&mut *transaction).await?;
    seed::seed(&mut transaction, now).await?;
    transaction.commit().await?;
    connection.close().await?;
    Ok(())
}
