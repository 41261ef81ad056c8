//! What is needed besides Rust itself to build the page, and how it is had.
//!
//! Versions stand where they are used: wasm-bindgen's in Cargo.lock, Tailwind's in
//! Trunk.toml. Nothing is installed outside the project's target folder, but for the
//! WebAssembly half of the Rust toolchain.

pub(crate) mod axe;
mod cargo_tool;
pub(crate) mod front;
pub(crate) mod schemathesis;
mod tailwind;
pub(crate) mod versions;
mod wasm_target;
mod wheel;

use std::path::PathBuf;
use std::process::Command;

use crate::process::{ProcessError, command};
use crate::project::Project;
use cargo_tool::CargoTool;

/// The Trunk that this project is built with.
const TRUNK: &str = "0.21.14";

/// A tool is missing and could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ToolError {
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error("{path} cannot be read: {source}", path = path.display())]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{0} does not say which version of {1} the project uses")]
    Version(&'static str, &'static str),
    #[error("this toolchain lacks wasm32-unknown-unknown, and there is no rustup to add it")]
    NoWasmTarget,
}

/// Sees to it that the page can be built: installs what is missing, saying so.
///
/// # Errors
/// When something is missing and cannot be installed.
pub(crate) fn prepare(project: &Project) -> Result<(), ToolError> {
    wasm_target::ensure(project)?;
    CargoTool {
        program: "trunk",
        package: "trunk",
        version: TRUNK.to_owned(),
        minutes: 4,
        // Built once and run seldom: quickly built beats quick.
        profile: &["lto=false", "opt-level=1", "codegen-units=16"],
    }
    .ensure(project)?;
    CargoTool {
        program: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: versions::wasm_bindgen(project)?,
        minutes: 2,
        profile: &["opt-level=1"],
    }
    .ensure(project)?;
    tailwind::ensure(project, &versions::tailwind(project)?);
    Ok(())
}

/// Trunk, to be told what to do.
pub(crate) fn trunk(project: &Project) -> Command {
    let mut trunk = command(project, "trunk");
    // Trunk takes `true` and `false` here, and ends at the usual `1`.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    trunk
}
