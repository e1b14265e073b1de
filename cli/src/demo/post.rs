//! Mail of the demonstration: files in a directory, to addresses that belong to nobody.

use std::io::Write;
use std::path::{Path, PathBuf};

use domain::money::payment::business::{SetBusiness, set};
use domain::notify::Directory;
use domain::notify::deliver::deliver;
use domain::notify::fan_out::fan_out;
use domain::{Context, Lang, Store};
use entity::{Certification, PartnerId};
use worker::Mailer;

use crate::config::{Mail, Secret};

/// The directory that messages are written to.
pub(crate) fn directory(demo: &Path) -> anyhow::Result<PathBuf> {
    Ok(std::path::absolute(demo)?.join("mail"))
}

/// Takes away the messages of an earlier demonstration.
pub(crate) fn empty(demo: &Path) -> anyhow::Result<()> {
    let mail = directory(demo)?;
    if mail.exists() {
        std::fs::remove_dir_all(&mail)?;
    }
    Ok(())
}

/// The settings of the demonstration's mail.
pub(crate) fn mail(demo: &Path, language: Lang) -> anyhow::Result<Mail> {
    let from = "Partner Center <partner-center@vendor.example>";
    Ok(Mail {
        url: Some(Secret::new(format!("file://{}", directory(demo)?.display()))),
        from: from.to_owned(),
        directory: Directory {
            operations: vec!["operations@vendor.example".to_owned()],
            finance: vec!["finance@vendor.example".to_owned()],
            language,
            link_base: None,
            sender: Some(from.to_owned()),
            sends: true,
        },
    })
}

/// Certifies the business information of the `nth` partner; every other one reads Chinese.
pub(crate) async fn introduce(
    store: &Store,
    context: &Context,
    partner_id: PartnerId,
    name: &str,
    nth: usize,
) -> anyhow::Result<()> {
    let input = SetBusiness {
        partner_id,
        expected_version: 0,
        certification: Certification::Certified,
        reason: None,
        legal_name: Some(name.to_owned()),
        taxpayer_no: Some(format!("91310000MA1K{nth:06}")),
        bank_account: Some(format!("6222000000{nth:06}")),
        email: Some(format!("partner{nth}@partners.example")),
        language: Some(if nth.is_multiple_of(2) { Lang::En } else { Lang::ZhCn }.tag().to_owned()),
    };
    set(store, context, None, input).await?;
    Ok(())
}

/// Tells everybody what has happened so far.
pub(crate) async fn send(
    store: &Store,
    demo: &Path,
    mail: &Mail,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let Some(url) = &mail.url else { return Ok(()) };
    let mailer = Mailer::open(url.expose(), &mail.from)?;
    fan_out(store, &mail.directory).await?;
    let mut messages = 0;
    loop {
        match deliver(store, &mailer).await?.sent {
            0 => break,
            sent => messages += sent,
        }
    }
    writeln!(
        out,
        "\nTold partners and the vendor's people in {messages} messages: {}",
        directory(demo)?.display()
    )?;
    Ok(())
}
