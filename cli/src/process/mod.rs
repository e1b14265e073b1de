//! Parts of a process: the database, bells, recurring tasks, the post, logs, and an orderly end.

pub(crate) mod answer;
pub(crate) mod executor;
pub(crate) mod file_links;
pub(crate) mod logs;
pub(crate) mod news;
pub(crate) mod open;
pub(crate) mod patience;
pub(crate) mod post;
pub(crate) mod ready;
pub(crate) mod stop;
pub(crate) mod tasks;
pub(crate) mod trusted_documents;
