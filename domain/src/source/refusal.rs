//! Files that cannot be read at all.

use super::Lang;

/// Why a file is refused as a whole, or why reading it stopped.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is not even a header.
    #[error("the file is empty")]
    EmptyFile,
    /// Columns without which no row can be understood, all of them; `A/B` means either of the two.
    #[error("missing columns: {}", names.join(", "))]
    MissingColumn {
        /// The missing columns.
        names: Vec<String>,
    },
    /// Two columns of the same name.
    #[error("column {name} occurs twice")]
    DuplicateColumn {
        /// The name.
        name: String,
    },
    /// More columns than `COLUMN_LIMIT`.
    #[error("{count} columns")]
    TooManyColumns {
        /// How many there are.
        count: usize,
    },
    /// The header is not UTF-8.
    #[error("the header is not UTF-8")]
    WrongEncoding,
    /// The header is neither that of FOCUS nor of the native bill.
    #[error("unknown format")]
    UnknownFormat,
    /// The header is one of a bill, written with another delimiter than a comma.
    #[error("fields are separated by {delimiter:?}")]
    WrongDelimiter {
        /// What separates its fields.
        delimiter: char,
    },
    /// Lines end in a way that is not read.
    #[error("lines end with {name}")]
    WrongLineEnd {
        /// The character's name.
        name: &'static str,
    },
    /// A quote in the header is not closed.
    #[error("unclosed quote in the header, line {line}")]
    UnclosedQuote {
        /// The physical line where it opens.
        line: u64,
    },
    /// The header is larger than a record may be.
    #[error("the header is too large")]
    HeaderTooLarge,
    /// The gzip data are damaged or cut off.
    #[error("damaged gzip: {0}")]
    BadGzip(#[source] std::io::Error),
    /// The Parquet data are damaged or of an unsupported kind.
    #[error("unreadable Parquet: {detail}")]
    BadParquet {
        /// What the decoder says.
        detail: String,
    },
    /// Parquet keeps its directory at the end: it can be read from a file, not from a stream.
    #[error("Parquet cannot be read from a stream")]
    ParquetStream,
    /// The source could not be read.
    #[error("cannot read: {0}")]
    Io(#[source] std::io::Error),
}

impl SourceError {
    /// The code in receipts and APIs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptyFile => "EMPTY_FILE",
            Self::MissingColumn { .. } => "MISSING_COLUMN",
            Self::DuplicateColumn { .. } => "DUPLICATE_COLUMN",
            Self::TooManyColumns { .. } => "TOO_MANY_COLUMNS",
            Self::WrongEncoding => "WRONG_ENCODING",
            Self::UnknownFormat => "UNKNOWN_FORMAT",
            Self::WrongDelimiter { .. } => "WRONG_DELIMITER",
            Self::WrongLineEnd { .. } => "WRONG_LINE_END",
            Self::UnclosedQuote { .. } => "UNCLOSED_QUOTE",
            Self::HeaderTooLarge => "HEADER_TOO_LARGE",
            Self::BadGzip(_) => "BAD_GZIP",
            Self::BadParquet { .. } => "BAD_PARQUET",
            Self::ParquetStream => "PARQUET_STREAM",
            Self::Io(_) => "IO",
        }
    }

    /// The message for a person: what is wrong and the cure.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::ZhCn => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::EmptyFile => "The file is empty. Its first line must be the header.".into(),
            Self::MissingColumn { names } => {
                format!(
                    "The header lacks these columns: {}. Add them and send the file again.",
                    names.join(", ")
                )
            }
            Self::DuplicateColumn { name } => {
                format!("The header has the column {name} twice. Remove one of them.")
            }
            Self::TooManyColumns { count } => {
                format!("The header has {count} columns; at most {} are read.", super::COLUMN_LIMIT)
            }
            Self::WrongEncoding => "The file is not UTF-8 (perhaps UTF-16). Export it in UTF-8.".into(),
            Self::UnknownFormat => {
                "The first line is neither the header of a FOCUS 1.0-1.3 file nor that of the \
                native bill. Send the file with its header, separated by commas."
                    .into()
            }
            Self::WrongDelimiter { delimiter } => format!(
                "The fields of the file are separated by {}, not by commas. Export it with commas.",
                delimiter_name(*delimiter)
            ),
            Self::WrongLineEnd { name } => format!(
                "The lines of the file end with {name} alone, not with LF or CRLF. Export it with one of these."
            ),
            Self::UnclosedQuote { line } => {
                format!("A quote that opens in the header (line {line}) is not closed. Close it.")
            }
            Self::HeaderTooLarge => {
                "The header is larger than 4 MiB. Check that the file is a CSV file.".into()
            }
            Self::BadGzip(_) => {
                "The gzip data are damaged or cut off. Compress and send the file again.".into()
            }
            Self::BadParquet { detail } => {
                format!("The Parquet file cannot be read: {detail}. Write it again, or send CSV.")
            }
            Self::ParquetStream => {
                "A Parquet file cannot be read from a stream. Save it and give its path.".into()
            }
            Self::Io(_) => "The file could not be read to its end. Try again.".into(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::EmptyFile => "文件为空。首行必须是表头。".into(),
            Self::MissingColumn { names } => {
                format!("表头缺少以下列:{}。请补充后重新提交。", names.join("、"))
            }
            Self::DuplicateColumn { name } => format!("表头中列 {name} 重复。请删除其中一列。"),
            Self::TooManyColumns { count } => {
                format!("表头共有 {count} 列,最多支持 {} 列。", super::COLUMN_LIMIT)
            }
            Self::WrongEncoding => "文件不是 UTF-8 编码(可能是 UTF-16)。请以 UTF-8 编码导出。".into(),
            Self::UnknownFormat => {
                "首行既不是 FOCUS 1.0-1.3 的表头,也不是原生账单的表头。请提交带表头、以逗号分隔的文件。"
                    .into()
            }
            Self::WrongDelimiter { delimiter } => {
                format!("文件的字段以 {} 分隔,而不是逗号。请以逗号分隔导出。", delimiter_name(*delimiter))
            }
            Self::WrongLineEnd { name } => {
                format!("文件的行以 {name} 结尾,而不是 LF 或 CRLF。请以其中之一导出。")
            }
            Self::UnclosedQuote { line } => format!("表头第 {line} 行的双引号未闭合。请补上双引号。"),
            Self::HeaderTooLarge => "表头超过 4 MiB。请确认文件为 CSV 格式。".into(),
            Self::BadGzip(_) => "gzip 数据损坏或不完整。请重新压缩并提交。".into(),
            Self::BadParquet { detail } => format!("无法读取 Parquet 文件:{detail}。请重新生成,或提交 CSV。"),
            Self::ParquetStream => "无法从数据流读取 Parquet 文件。请保存为文件后提供路径。".into(),
            Self::Io(_) => "文件未能完整读取。请重试。".into(),
        }
    }
}

/// A delimiter as a person reads it.
fn delimiter_name(delimiter: char) -> String {
    match delimiter {
        '\t' => "TAB".into(),
        control if control.is_control() => format!("U+{:04X}", u32::from(control)),
        other => format!("\"{other}\""),
    }
}
