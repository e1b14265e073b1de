//! Troubles of exports that do not go on, as people are told of them. PURE.

use crate::kernel::error::{Code, Error};
use crate::kernel::lang::Lang;

/// The stored code of passing trouble; nothing for a process that stops in order.
pub(super) fn code(error: &Error) -> Option<&'static str> {
    match error {
        Error::Stopping | Error::LeaseLost => None,
        Error::StorageFull(_) => Some("STORAGE_FULL"),
        Error::Refused(refusals) if refusals.iter().any(|r| r.code == Code::NoFileStore) => {
            Some("NO_FILE_STORE")
        }
        _ => Some("UNAVAILABLE"),
    }
}

/// The sentence for a stored code.
#[must_use]
pub fn message(code: &str, lang: Lang) -> &'static str {
    match (code, lang) {
        ("STORAGE_FULL", Lang::En) => "The disk for files is full. The export goes on when there is space.",
        ("STORAGE_FULL", Lang::ZhCn) => "文件存储空间已满，释放空间后导出将继续。",
        ("NO_FILE_STORE", Lang::En) => {
            "The worker does not know where files are kept: its operator has to set PARTNER_CENTER_FILES_URL."
        }
        ("NO_FILE_STORE", Lang::ZhCn) => "工作进程未配置文件存储，请管理员设置 PARTNER_CENTER_FILES_URL。",
        ("UNAVAILABLE", Lang::En) => "The database or the file store is away. The export goes on by itself.",
        ("UNAVAILABLE", Lang::ZhCn) => "数据库或文件存储暂不可用，导出将自动继续。",
        ("TOO_LATE", Lang::En) => "It could not be written within three days. Ask for it again.",
        ("TOO_LATE", Lang::ZhCn) => "三天内未能完成，请重新导出。",
        ("POISON" | "INTERNAL", Lang::ZhCn) => "导出失败，原因见日志，请联系管理员。",
        (_, Lang::En) => "It failed on our side; the log says why. Ask the operator.",
        (_, Lang::ZhCn) => "导出失败。",
    }
}
