//! Contents of a bell, and their form on the queue. PURE.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// "Look at this row now." Carries ids only: everything else is read from the row when it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "bell", content = "id", rename_all = "snake_case")]
pub enum Bell {
    /// The import with this id has work to do.
    Import(i64),
    /// The settlement run with this id has work to do.
    Settle(i64),
    /// The export with this id has work to do.
    Export(i64),
    /// Look for whatever is due.
    Tick,
}

/// The version written on every bell. Raise it when an old process would misread a new bell.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Envelope {
    v: u32,
    #[serde(flatten)]
    bell: Bell,
}

/// Fault of a bell that could not be read from the queue. Such a bell is dropped: the tick finds the row.
#[derive(Debug, thiserror::Error)]
pub enum BellError {
    /// Written by another release of the program.
    #[error("bell has version {0}, this program reads version {VERSION}")]
    Version(u64),
    /// Not a bell at all.
    #[error("bell is not readable: {0}")]
    Malformed(#[from] serde_json::Error),
}

impl Bell {
    /// A short name for logs and metrics.
    pub fn kind(self) -> &'static str {
        match self {
            Bell::Import(_) => "import",
            Bell::Settle(_) => "settle",
            Bell::Export(_) => "export",
            Bell::Tick => "tick",
        }
    }

    pub(crate) fn to_payload(self) -> Result<Value, BellError> {
        Ok(serde_json::to_value(Envelope { v: VERSION, bell: self })?)
    }

    pub(crate) fn from_payload(payload: &Value) -> Result<Bell, BellError> {
        // The version is looked at first: another version may have a shape this one cannot parse.
        match payload.get("v").and_then(Value::as_u64) {
            Some(v) if v != u64::from(VERSION) => Err(BellError::Version(v)),
            _ => Ok(Envelope::deserialize(payload)?.bell),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_bell_is_written_with_its_version_and_id_and_read_back() {
        for (bell, written) in [
            (Bell::Import(7), json!({"v": 1, "bell": "import", "id": 7})),
            (Bell::Settle(i64::MAX), json!({"v": 1, "bell": "settle", "id": i64::MAX})),
            (Bell::Export(7), json!({"v": 1, "bell": "export", "id": 7})),
            (Bell::Tick, json!({"v": 1, "bell": "tick"})),
        ] {
            assert_eq!(bell.to_payload().unwrap(), written);
            assert_eq!(Bell::from_payload(&written).unwrap(), bell);
        }
    }

    #[test]
    fn a_bell_of_another_version_is_refused_even_when_its_shape_is_unknown() {
        let later = json!({"v": 2, "chime": "westminster"});
        assert!(matches!(Bell::from_payload(&later), Err(BellError::Version(2))));
    }

    #[test]
    fn what_is_not_a_bell_is_refused() {
        for junk in [
            json!(null),
            json!({}),
            json!({"v": 1, "bell": "gong", "id": 1}),
            json!({"v": 1, "bell": "settle"}),
        ] {
            assert!(matches!(Bell::from_payload(&junk), Err(BellError::Malformed(_))), "{junk}");
        }
    }
}
