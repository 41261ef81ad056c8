//! The file: a mark, what was kept, and a checksum of it. It is replaced as a whole, so that
//! whoever reads it finds all of an earlier one or all of a later one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, IntoInnerError, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use timeline::Timeline;
use xxhash_rust::xxh3::Xxh3;

use super::Place;

/// What the file begins with. The number rises with every change of what is kept.
const MARK: &[u8; 16] = b"omni2-history\0\0\x01";
/// Bytes of the checksum at its end.
const SUM: u64 = 8;
/// Room for one piece of text: a name of a server is at most 255 characters.
const LONGEST_TEXT: usize = 4 * 1024;

/// Hashes what goes through it.
struct Hashing<T> {
    inner: T,
    hash: Xxh3,
}

impl<T> Hashing<T> {
    fn new(inner: T) -> Hashing<T> {
        let hash = Xxh3::new();
        Hashing { inner, hash }
    }
}

impl<T: Write> Write for Hashing<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Hashing<T> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(bytes)?;
        self.hash.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// Puts this in the place of what was kept before; how many bytes it has. Processes that share
/// a folder write in turn.
pub(super) fn write(file: &Path, place: &Place, timeline: &Timeline) -> io::Result<u64> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let turn = File::open(folder)?;
    turn.lock()?;
    let fresh = file.with_extension("new");
    let written = write_whole(&fresh, place, timeline).and_then(|bytes| {
        fs::rename(&fresh, file)?;
        Ok(bytes)
    });
    if written.is_err() {
        // There may be none, or no room to remove it: the next one has the same name.
        let _ = fs::remove_file(&fresh);
    }
    written
}

fn write_whole(file: &Path, place: &Place, timeline: &Timeline) -> io::Result<u64> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut buffered = BufWriter::new(Hashing::new(options.open(file)?));
    buffered.write_all(MARK)?;
    let buffered = postcard::to_io(&(place, timeline), buffered).map_err(io::Error::other)?;
    let Hashing { mut inner, hash } = buffered.into_inner().map_err(IntoInnerError::into_error)?;
    inner.write_all(&hash.digest().to_le_bytes())?;
    inner.sync_all()?;
    Ok(inner.metadata()?.len())
}

/// What was kept; none where nothing was.
///
/// # Errors
/// When it is not whole, or of another form.
pub(super) fn read(file: &Path) -> io::Result<Option<(Place, Timeline)>> {
    let mut opened = match File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let length = opened.metadata()?.len();
    let content = length.checked_sub(SUM).ok_or_else(not_whole)?;
    let mut buffered = BufReader::new(Hashing::new((&mut opened).take(content)));
    let mut mark = [0; MARK.len()];
    buffered.read_exact(&mut mark)?;
    if mark != *MARK {
        return Err(io::Error::other("it is of another form"));
    }
    let mut text = vec![0; LONGEST_TEXT];
    let (kept, (buffered, _)) =
        postcard::from_io((buffered, text.as_mut_slice())).map_err(io::Error::other)?;
    let Hashing { mut inner, hash } = buffered.into_inner();
    let (told, rest) = (hash.digest(), inner.limit());
    let mut sum = [0; 8];
    inner.set_limit(SUM);
    inner.read_exact(&mut sum)?;
    if rest > 0 || u64::from_le_bytes(sum) != told {
        return Err(not_whole());
    }
    Ok(Some(kept))
}

fn not_whole() -> io::Error {
    io::Error::other("it is not whole")
}

#[cfg(test)]
mod tests;
