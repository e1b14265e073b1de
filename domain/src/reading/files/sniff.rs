//! What the bytes of a file say it is. Names are claims. PURE.

/// The kinds of file that may be uploaded. (requirement: PDF, OFD, XML, PNG, JPEG)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Portable Document Format.
    Pdf,
    /// Open Fixed-layout Document (GB/T 33190), the form of electronic invoices.
    Ofd,
    /// XML: structured electronic invoices.
    Xml,
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

/// What names end with, for messages.
pub const ENDINGS: &str = "pdf, ofd, xml, png, jpg";
/// Bytes behind the directory of a ZIP archive: its end of 22 bytes and a comment of at most 65,535.
const ZIP_END_MAX: usize = 22 + 65_535;

impl FileKind {
    /// What the ending of a name claims.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "ofd" => Some(Self::Ofd),
            "xml" => Some(Self::Xml),
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            _ => None,
        }
    }

    /// What the bytes are.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'P', b'K', 3, 4, ..] => holds_entry(bytes, b"OFD.xml").then_some(Self::Ofd),
            _ => is_xml(bytes).then_some(Self::Xml),
        }
    }

    /// The media type it is served with.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Xml => "application/xml",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Its name in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Ofd => "OFD",
            Self::Xml => "XML",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
        }
    }
}

/// Text that begins with an element or a prolog, and is no page for a browser.
fn is_xml(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut chars = text.chars();
    let begins =
        chars.next() == Some('<') && chars.next().is_some_and(|c| c.is_alphabetic() || "_?!".contains(c));
    let is_page = |start: &str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    begins && !is_page("<html") && !is_page("<!doctype html")
}

/// Whether a ZIP archive holds an entry of this name, by its directory.
fn holds_entry(bytes: &[u8], name: &[u8]) -> bool {
    let tail = bytes.len().saturating_sub(ZIP_END_MAX);
    let Some(end) = bytes[tail..].windows(4).rposition(|w| w == b"PK\x05\x06").map(|at| tail + at) else {
        return false;
    };
    let (Some(entries), Some(mut at)) = (short(bytes, end + 10), long(bytes, end + 16)) else { return false };
    for _ in 0..entries {
        let lengths = [28, 30, 32].map(|field| short(bytes, at + field));
        let (true, [Some(name_length), Some(extra), Some(comment)]) =
            (bytes.get(at..at + 4) == Some(b"PK\x01\x02"), lengths)
        else {
            return false;
        };
        if bytes.get(at + 46..at + 46 + name_length) == Some(name) {
            return true;
        }
        at += 46 + name_length + extra + comment;
    }
    false
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(two)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(four)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An archive with empty entries of these names.
    fn archive(names: &[&str]) -> Vec<u8> {
        let (mut bytes, mut directory) = (Vec::new(), Vec::new());
        for name in names {
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            let offset = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            bytes.extend(b"PK\x03\x04");
            bytes.extend([0; 22]);
            bytes.extend(length);
            bytes.extend([0; 2]);
            bytes.extend(name.bytes());
            directory.extend(b"PK\x01\x02");
            directory.extend([0; 24]);
            directory.extend(length);
            directory.extend([0; 12]);
            directory.extend(offset);
            directory.extend(name.bytes());
        }
        let (count, start) = (u16::try_from(names.len()).unwrap(), u32::try_from(bytes.len()).unwrap());
        let size = u32::try_from(directory.len()).unwrap();
        bytes.extend(directory);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend(count.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(size.to_le_bytes());
        bytes.extend(start.to_le_bytes());
        bytes.extend([0; 2]);
        bytes
    }

    #[test]
    fn bytes_say_what_a_file_is() {
        let ofd = archive(&["Doc_0/Document.xml", "OFD.xml"]);
        let other = archive(&["word/document.xml", "not-OFD.xml"]);
        let cases: [(&[u8], Option<FileKind>); 18] = [
            (b"%PDF-1.7\n", Some(FileKind::Pdf)),
            (b"%PDX-1.7\n", None),
            (b"\x89PNG\r\n\x1a\n....", Some(FileKind::Png)),
            (b"\x89PNG\n\x1a\n....", None),
            (b"\xff\xd8\xff\xe0", Some(FileKind::Jpeg)),
            (&ofd, Some(FileKind::Ofd)),
            (&other, None),
            (&ofd[..ofd.len() - 30], None),
            (b"PK\x03\x04", None),
            (b"<?xml version=\"1.0\"?><a/>", Some(FileKind::Xml)),
            ("\u{feff}\n <发票/>".as_bytes(), Some(FileKind::Xml)),
            (b"<Invoice/>", Some(FileKind::Xml)),
            (b"< a", None),
            (b"<html><script>", None),
            (b"<!DOCTYPE HTML>", None),
            (b"<a>\xff</a>", None),
            (b"MZ\x90\0", None),
            (b"", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(FileKind::of_bytes(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_name_claims_by_its_ending() {
        assert_eq!(FileKind::of_name("发票.PDF"), Some(FileKind::Pdf));
        assert_eq!(FileKind::of_name("a.b.jpeg"), Some(FileKind::Jpeg));
        for name in ["pdf", "a.exe", "a.pdf.exe", "a.pdf ", "a."] {
            assert_eq!(FileKind::of_name(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, cut in 0_usize..200, flip: u8) {
            let _ = FileKind::of_bytes(&bytes);
            let mut ofd = archive(&["OFD.xml", "x"]);
            let at = cut % ofd.len();
            ofd[at] ^= flip;
            let _ = FileKind::of_bytes(&ofd);
            let _ = FileKind::of_bytes(&ofd[at..]);
        }
    }
}
