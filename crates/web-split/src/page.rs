//! The folder with the built page.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::Options;

use crate::SplitError;
use crate::strip::stripped;

/// The main module between the two tools.
const MAIN: &str = "main.wasm";

/// What Trunk built.
pub(crate) struct Page {
    folder: PathBuf,
    /// `web-<hash>`.
    name: String,
}

impl Page {
    /// The page in this folder.
    pub(crate) fn in_folder(folder: &Path) -> Result<Page, SplitError> {
        let is_script = |name: &str| name.starts_with("web-");
        let name = files(folder)?
            .into_iter()
            .filter(|path| path.extension() == Some(OsStr::new("js")))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .find(|name| is_script(name))
            .ok_or_else(|| SplitError::NoScript(folder.display().to_string()))?;
        Ok(Page {
            folder: folder.to_owned(),
            name,
        })
    }

    /// Puts the split module in the place of the whole one; what was done, for people.
    pub(crate) fn split(&self, module: &Path) -> Result<String, SplitError> {
        let whole = std::fs::read(module).map_err(SplitError::file(module))?;
        let work = tempfile::tempdir().map_err(SplitError::file(&self.folder))?;
        let chunks = self.cut(&whole, work.path())?;
        self.bind(&work.path().join(MAIN))?;
        self.place(&chunks, &work.path().join(&self.name))?;
        let said = chunks.len();
        Ok(format!("{}: {said} chunks fetched on demand", self.name))
    }

    /// Writes the main module, the chunks, and `<name>/chunks.js`, which fetches them.
    fn cut(&self, whole: &[u8], work: &Path) -> Result<Vec<PathBuf>, SplitError> {
        let (main, script) = (work.join(MAIN), format!("../{}.js", self.name));
        let link = format!("./{}/chunks.js", self.name);
        let folder = work.join(&self.name);
        std::fs::create_dir_all(&folder).map_err(SplitError::file(&folder))?;
        let mut options = Options::new(whole);
        options.output_dir = work;
        options.main_out_path = &main;
        options.link_name = &link;
        options.main_module = &script;
        let split = wasm_split_cli_support::transform(options).map_err(SplitError::Split)?;
        Ok(split.split_modules)
    }

    /// The script that goes with the main module.
    fn bind(&self, main: &Path) -> Result<(), SplitError> {
        let failed = |error: &dyn std::fmt::Display| SplitError::Bindgen(error.to_string());
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(main)
            .out_name(&self.name)
            .typescript(false)
            // What the chunks share with the main module.
            .keep_lld_exports(true)
            .remove_name_section(true)
            .remove_producers_section(true)
            .web(true)
            .map_err(|error| failed(&error))?;
        bindgen
            .generate(&self.folder)
            .map_err(|error| failed(&error))
    }

    /// Chunks and their script beside each other, in a folder of this version.
    fn place(&self, chunks: &[PathBuf], scripts: &Path) -> Result<(), SplitError> {
        let folder = self.folder.join(&self.name);
        std::fs::create_dir_all(&folder).map_err(SplitError::file(&folder))?;
        for script in files(scripts)? {
            let to = folder.join(script.file_name().unwrap_or_default());
            std::fs::copy(&script, &to).map_err(SplitError::file(&script))?;
        }
        for chunk in chunks {
            let module = std::fs::read(chunk).map_err(SplitError::file(chunk))?;
            let to = folder.join(chunk.file_name().unwrap_or_default());
            std::fs::write(&to, stripped(&module)?).map_err(SplitError::file(&to))?;
        }
        Ok(())
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, SplitError> {
    let entries = std::fs::read_dir(folder).map_err(SplitError::file(folder))?;
    let paths = entries.map(|entry| Ok(entry?.path()));
    paths
        .collect::<Result<_, std::io::Error>>()
        .map_err(SplitError::file(folder))
}
