//! `settle --dry-run`: what a run would write now, held against what stands. Writes nothing.

use std::collections::HashMap;
use std::io::Write;

use domain::settlement::preview::difference::Why;
use domain::settlement::preview::{Ask, CurrencyTotal, PreviewBill, page, totals};
use domain::settlement::start::may_start;
use domain::{Error, Lang, Store};
use entity::{Currency, Month, PartnerId, RunKind, partner, settlement_month};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::print::money;
use crate::print::table::with_head;

/// Bills that are read at once.
const PAGE: usize = 100;

/// Prints the bills that a run of `kind` would change, what it comes to, and what speaks against the run.
pub(crate) async fn show(
    store: &Store,
    month: Month,
    kind: RunKind,
    lang: Lang,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let ask = Ask { month, policies: vec![], partner: None, changed_only: true };
    let mut table = with_head(&["partner", "", ">stands", ">would be", ">difference", "why"]);
    let (mut after, mut waiting, mut shown) = (None, 0, 0_usize);
    loop {
        let found = page(store, &ask, after, PAGE).await?;
        let names = names(store, found.bills.iter().map(|bill| bill.place.0).collect()).await?;
        for bill in &found.bills {
            table.add_row(row(bill, names.get(&bill.place.0).map_or("?", String::as_str)));
        }
        waiting = found.changes_waiting.max(waiting);
        shown += found.bills.len();
        after = found.bills.last().map(|bill| bill.place).filter(|_| found.more);
        if after.is_none() {
            break;
        }
    }
    if shown > 0 {
        writeln!(out, "{table}")?;
    }
    for (currency, total) in totals(store, &Ask { changed_only: false, ..ask }).await?.currencies {
        writeln!(out, "{}", sum(currency, &total))?;
    }
    if waiting > 0 {
        writeln!(out, "Changes of {waiting} customers wait to be worked in: a run does that first.")?;
    }
    if let Some(refusal) = refusal(store, month, kind, lang).await? {
        writeln!(out, "A {kind} run would be refused: {refusal}")?;
    }
    writeln!(out, "Nothing was written.")?;
    Ok(())
}

async fn names(store: &Store, ids: Vec<PartnerId>) -> anyhow::Result<HashMap<PartnerId, String>> {
    let rows = partner::Entity::find().filter(partner::Column::Id.is_in(ids)).all(store.db()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

fn row(bill: &PreviewBill, name: &str) -> [String; 6] {
    let currency = bill.place.1;
    let shown = |amount: Option<i64>| amount.map_or_else(String::new, |amount| money::text(amount, currency));
    let mut why: Vec<&str> = bill.why.iter().map(|why| Why::name(*why)).collect();
    why.extend(bill.outcome.and_then(|outcome| outcome.parked).map(|parked| parked.code.name()));
    [
        name.to_owned(),
        currency.to_string(),
        shown(bill.standing.as_ref().map(|standing| standing.amount)),
        shown(bill.outcome.map(|outcome| outcome.amount)),
        shown(Some(bill.amount_after().saturating_sub(bill.amount_before()))),
        why.join(", "),
    ]
}

fn sum(currency: Currency, total: &CurrencyTotal) -> String {
    let text = |amount| money::text(amount, currency);
    format!(
        "{currency}: {} bills stand, {} would; {} would change, {} would be parked, {} set aside; {} → {} ({})",
        total.bills_before,
        total.bills_after,
        total.changed,
        total.parked,
        total.set_aside,
        text(total.before),
        text(total.after),
        text(total.after.saturating_sub(total.before)),
    )
}

/// The refusal of the run itself, if it would be refused.
async fn refusal(store: &Store, month: Month, kind: RunKind, lang: Lang) -> anyhow::Result<Option<String>> {
    let Some(row) = settlement_month::Entity::find_by_id(month).one(store.db()).await? else {
        return Ok(None);
    };
    match may_start(store.db(), &row, kind, store.clock.now()).await {
        Ok(()) => Ok(None),
        Err(Error::Refused(refusals)) => {
            Ok(refusals.first().map(|refusal| refusal.code.message(lang, &refusal.detail)))
        }
        Err(error) => Err(error.into()),
    }
}
