//! Every file of the page, compressed once as far as it goes: a server for production sends
//! `name.br` or `name.gz` in the place of `name`, and compresses nothing itself.

use std::fs;
use std::io::Write;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::SplitError;

/// How many bytes there were, and how many are sent to a browser of today.
#[derive(Default)]
pub(super) struct Compressed {
    raw: usize,
    brotli: usize,
}

impl std::fmt::Display for Compressed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (raw, brotli) = (self.raw / 1000, self.brotli / 1000);
        write!(f, "{raw} kB, compressed to {brotli} kB beforehand")
    }
}

/// Compresses every file in the folder and below.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn all(folder: &Path) -> Result<Compressed, SplitError> {
    let mut sums = Compressed::default();
    gather(folder, &mut sums)?;
    Ok(sums)
}

fn gather(folder: &Path, sums: &mut Compressed) -> Result<(), SplitError> {
    for entry in fs::read_dir(folder).map_err(SplitError::file(folder))? {
        let path = entry.map_err(SplitError::file(folder))?.path();
        let ending = path.extension().unwrap_or_default();
        if path.is_dir() {
            gather(&path, sums)?;
        } else if ending != "br" && ending != "gz" {
            file(&path, sums)?;
        }
    }
    Ok(())
}

fn file(path: &Path, sums: &mut Compressed) -> Result<(), SplitError> {
    let raw = fs::read(path).map_err(SplitError::file(path))?;
    let brotli = brotli(&raw).map_err(SplitError::file(path))?;
    let gzip = gzip(&raw).map_err(SplitError::file(path))?;
    sums.raw += raw.len();
    sums.brotli += brotli.len().min(raw.len());
    for (ending, bytes) in [("br", brotli), ("gz", gzip)] {
        // What does not become smaller goes as it is.
        if bytes.len() < raw.len() {
            let mut name = path.as_os_str().to_owned();
            name.push(".");
            name.push(ending);
            let place = Path::new(&name);
            fs::write(place, bytes).map_err(SplitError::file(place))?;
        }
    }
    Ok(())
}

fn brotli(mut raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: raw.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut raw, &mut compressed, &params)?;
    Ok(compressed)
}

fn gzip(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(raw)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_file_is_there_in_each_form_when_that_is_smaller() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        let text = b"call ".repeat(200);
        fs::write(inner.join("page.js"), &text).unwrap();
        fs::write(folder.path().join("dot"), b"x").unwrap();
        for _ in 0..2 {
            // A second time compresses nothing that is compressed.
            assert_eq!(all(folder.path()).unwrap().raw, 1001);
        }
        let brotli = fs::read(inner.join("page.js.br")).unwrap();
        let mut again = Vec::new();
        brotli::BrotliDecompress(&mut brotli.as_slice(), &mut again).unwrap();
        assert_eq!(again, text);
        let gzip = fs::read(inner.join("page.js.gz")).unwrap();
        let mut again = Vec::new();
        flate2::read::GzDecoder::new(gzip.as_slice())
            .read_to_end(&mut again)
            .unwrap();
        assert_eq!(again, text);
        assert!(!folder.path().join("dot.br").exists());
    }
}
