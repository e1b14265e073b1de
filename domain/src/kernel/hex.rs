//! Bytes as people compare them.

/// Two lower-case digits a byte. PURE.
#[must_use]
pub(crate) fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
