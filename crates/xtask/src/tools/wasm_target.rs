//! The WebAssembly half of the Rust toolchain.

use std::path::Path;

use super::ToolError;
use crate::process::{command, find, output, run};
use crate::project::Project;
use crate::say;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds it to the very toolchain that the project pins.
///
/// # Errors
/// When it is missing and cannot be added.
pub(super) fn ensure(project: &Project) -> Result<(), ToolError> {
    let sysroot = output(command(project, "rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .is_dir()
    {
        return Ok(());
    }
    if find(project, "rustup").is_none() {
        return Err(ToolError::NoWasmTarget);
    }
    say::timed(
        &format!("Adding {TARGET} to the Rust toolchain (seconds, once)"),
        || run(command(project, "rustup").args(["target", "add", TARGET])),
    )?;
    Ok(())
}
