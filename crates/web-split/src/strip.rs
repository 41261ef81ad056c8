//! Modules without what only tools read.

use wasm_encoder::{Module, RawSection};
use wasmparser::{BinaryReaderError, Parser, Payload};

/// The module without custom sections: names, producers, relocations.
pub(crate) fn stripped(module: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
    let mut kept = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        let (from, to) = (usize::try_from(range.start), usize::try_from(range.end));
        if let (Ok(from), Ok(to)) = (from, to)
            && let Some(data) = module.get(from..to)
        {
            kept.section(&RawSection { id, data });
        }
    }
    Ok(kept.finish())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, MemorySection, MemoryType};

    use super::*;

    #[test]
    fn what_runs_stays_and_what_is_said_about_it_goes() {
        let mut module = Module::new();
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        module.section(&memories);
        let lean = module.clone().finish();
        module.section(&CustomSection {
            name: "name".into(),
            data: (&[1, 2, 3]).into(),
        });
        assert_eq!(stripped(&module.finish()).unwrap(), lean);
    }
}
