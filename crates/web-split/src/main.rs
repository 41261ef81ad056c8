//! Splits the built page: what opens first, and what is fetched when it is asked for.
//!
//! Trunk runs it after a release build (see Trunk.toml and `cargo xtask split`). Functions
//! that the page marks with `wasm_split`, and all that only they use, leave the main module
//! for chunks of their own. `web-<hash>.js` and `web-<hash>_bg.wasm` are written anew in the
//! place of Trunk's; the chunks go into the folder `web-<hash>/`, so that their addresses
//! change with every version too. So does the worker that makes Markdown into HTML, with its
//! script and its module: they go into `rich-text-<hash>/`. In the end every file is compressed
//! beforehand.

mod compress;
mod page;
mod rich_text;
mod strip;

use std::path::Path;
use std::process::ExitCode;

use page::Page;

/// Why the page could not be split.
#[derive(Debug, thiserror::Error)]
enum SplitError {
    #[error("usage: web-split <the wasm that cargo built> <the folder that Trunk fills>")]
    Usage,
    #[error("{path}: {error}")]
    File { path: String, error: std::io::Error },
    #[error("{0} has no script web-<hash>.js: is it what Trunk built?")]
    NoScript(String),
    #[error("the page does not say where its worker is: index.html has no rich-text-worker.js")]
    NoWorker,
    #[error("the module could not be split: {0}")]
    Split(eyre::Report),
    #[error("wasm-bindgen failed: {0}")]
    Bindgen(String),
    #[error("a chunk is no module: {0}")]
    Chunk(#[from] wasmparser::BinaryReaderError),
}

impl SplitError {
    fn file(path: &Path) -> impl FnOnce(std::io::Error) -> SplitError + use<> {
        let path = path.display().to_string();
        move |error| SplitError::File { path, error }
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, SplitError> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(module), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err(SplitError::Usage);
    };
    let folder = Path::new(&folder);
    let split = Page::in_folder(folder)?.split(Path::new(&module))?;
    let placed = rich_text::place(folder)?;
    let compressed = compress::all(folder)?;
    Ok(format!("{split}\n{placed}\n{compressed}"))
}
