//! The header of a file, understood once: which known column stands where.

use super::columns::{
    FOCUS, FOCUS_REQUIRED, Focus, Kind, Known, NATIVE, NATIVE_REQUIRED, Native, Role, describes,
};
use super::split::COLUMN_LIMIT;
use super::{SourceError, SourceFormat};

/// A column of the file that says which charge a line is, or what of it.
#[derive(Clone, Debug)]
pub(super) struct Identifier {
    pub(super) role: Role,
    /// Stands for the column's name in the digest.
    pub(super) tag: [u8; 4],
    pub(super) kind: Kind,
    /// The number of the known column; of other columns, which are texts, it means nothing.
    pub(super) known: usize,
    /// Where the column stands in the file.
    pub(super) at: usize,
}

/// Where the columns of a file stand.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) format: SourceFormat,
    /// The header as written.
    pub(super) header: Vec<String>,
    /// By number of the known column: its place in the file.
    places: Vec<Option<usize>>,
    /// The columns that identify a line or say something of it, in an order that does not depend on the file's.
    pub(super) identifiers: Vec<Identifier>,
    /// Place of the provider's own id of a line stands.
    pub(super) line_id: Option<usize>,
}

impl Layout {
    /// Understands a header; `format` is found out when not given. Names are compared without regard
    /// to case and to blanks around them.
    /// `line_id` names the column that holds the provider's own id of a line, where the format has none.
    pub(super) fn new(
        header: Vec<String>,
        format: Option<SourceFormat>,
        line_id: Option<&str>,
    ) -> Result<Self, SourceError> {
        if header.len() > COLUMN_LIMIT {
            return Err(SourceError::TooManyColumns { count: header.len() });
        }
        let names: Vec<String> = header.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
        let format = match format {
            Some(format) => format,
            None => detect(&names).ok_or(SourceError::UnknownFormat)?,
        };
        refuse_duplicates(&header, &names)?;
        let known = table(format);
        let places: Vec<Option<usize>> = known.iter().map(|column| place(&names, column.name)).collect();
        let mut missing = missing(format, &places);
        let own = match format {
            SourceFormat::Focus => places[usize::from(Focus::InvoiceDetailId)],
            SourceFormat::Native => places[usize::from(Native::Id)],
        };
        let asked = line_id.map(|name| (name, place(&names, name.trim())));
        if let Some((name, None)) = asked {
            missing.push(name.to_owned());
        }
        if !missing.is_empty() {
            return Err(SourceError::MissingColumn { names: missing });
        }
        let identifiers = identifiers(format, &names, &places);
        let line_id = asked.and_then(|(_, at)| at).or(own);
        Ok(Self { format, header, places, identifiers, line_id })
    }

    /// Where a known column stands in the file.
    pub(super) fn place(&self, column: usize) -> Option<usize> {
        self.places.get(column).copied().flatten()
    }

    /// How many columns the format knows.
    pub(super) fn columns(&self) -> usize {
        self.places.len()
    }

    /// The name of a known column: as the file writes it, else as the format defines it.
    pub(super) fn name(&self, column: usize) -> String {
        match self.place(column).and_then(|at| self.header.get(at)) {
            Some(written) => written.trim().to_owned(),
            None => table(self.format).get(column).map_or_else(String::new, |known| known.name.to_owned()),
        }
    }

    /// The places of all columns that are read at all.
    pub(super) fn read_places(&self) -> Vec<usize> {
        let mut all: Vec<usize> =
            self.places.iter().flatten().copied().chain(self.identifiers.iter().map(|i| i.at)).collect();
        all.extend(self.line_id);
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn table(format: SourceFormat) -> &'static [Known] {
    match format {
        SourceFormat::Focus => FOCUS,
        SourceFormat::Native => NATIVE,
    }
}

fn place(names: &[String], name: &str) -> Option<usize> {
    names.iter().position(|written| written.eq_ignore_ascii_case(name))
}

/// The required columns of a format, as numbers.
fn required(format: SourceFormat) -> Vec<Vec<usize>> {
    fn numbers<C: Copy + Into<usize>>(all: &[&[C]]) -> Vec<Vec<usize>> {
        all.iter().map(|any| any.iter().map(|column| (*column).into()).collect()).collect()
    }
    match format {
        SourceFormat::Focus => numbers(FOCUS_REQUIRED),
        SourceFormat::Native => numbers(NATIVE_REQUIRED),
    }
}

/// The format of which more required columns are there; one column could be chance.
fn detect(names: &[String]) -> Option<SourceFormat> {
    let score = |format| {
        let known = table(format);
        let there = |any: &&Vec<usize>| any.iter().any(|column| place(names, known[*column].name).is_some());
        required(format).iter().filter(there).count()
    };
    let (focus, native) = (score(SourceFormat::Focus), score(SourceFormat::Native));
    let format = if focus >= native { SourceFormat::Focus } else { SourceFormat::Native };
    (focus.max(native) >= 2).then_some(format)
}

fn refuse_duplicates(header: &[String], names: &[String]) -> Result<(), SourceError> {
    let mut seen = std::collections::HashSet::new();
    for (written, name) in header.iter().zip(names) {
        if !name.is_empty() && !seen.insert(name) {
            return Err(SourceError::DuplicateColumn {
                name: super::clip(written, super::DETAIL_LIMIT).to_owned(),
            });
        }
    }
    Ok(())
}

fn missing(format: SourceFormat, places: &[Option<usize>]) -> Vec<String> {
    let known = table(format);
    let absent = |any: &Vec<usize>| any.iter().all(|column| places[*column].is_none());
    let names = |any: Vec<usize>| any.iter().map(|column| known[*column].name).collect::<Vec<_>>().join("/");
    required(format).into_iter().filter(absent).map(names).collect()
}

/// FOCUS: the standard columns. Native: these and every other column that does not describe, by name.
fn identifiers(format: SourceFormat, names: &[String], places: &[Option<usize>]) -> Vec<Identifier> {
    let known =
        table(format).iter().zip(places).enumerate().filter(|(_, (column, _))| column.role != Role::Beside);
    let mut all: Vec<(&str, Identifier)> = known
        .filter_map(|(number, (column, place))| {
            let Known { name, kind, role } = *column;
            Some((name, Identifier { role, tag: tag(name), kind, known: number, at: (*place)? }))
        })
        .collect();
    if format == SourceFormat::Native {
        let other = |(at, name): (usize, &String)| {
            let extra = !name.is_empty() && !describes(name) && !places.contains(&Some(at));
            extra.then_some(at)
        };
        let others: Vec<usize> = names.iter().enumerate().filter_map(other).collect();
        all.extend(others.into_iter().map(|at| {
            let name = names[at].as_str();
            (name, Identifier { role: Role::Key, tag: tag(name), kind: Kind::Text, known: 0, at })
        }));
    }
    all.sort_unstable_by_key(|(name, _)| *name);
    all.into_iter().map(|(_, identifier)| identifier).collect()
}

/// Four bytes that stand for a column name: the digest of a line stays within one chunk of BLAKE3.
fn tag(name: &str) -> [u8; 4] {
    let mut tag = [0; 4];
    tag.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..4]);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(names: &str) -> Result<Layout, SourceError> {
        Layout::new(names.split(',').map(str::to_owned).collect(), None, None)
    }

    #[test]
    fn the_tags_of_known_columns_differ() {
        let tags: std::collections::HashSet<_> =
            FOCUS.iter().chain(NATIVE).map(|known| tag(known.name)).collect();
        assert_eq!(tags.len(), FOCUS.len() + NATIVE.len());
    }

    #[test]
    fn names_every_missing_column_at_once() {
        let error = layout("BilledCost,ChargeCategory").unwrap_err();
        let SourceError::MissingColumn { names } = error else { panic!("{error}") };
        assert_eq!(
            names,
            [
                "BillingCurrency",
                "ChargePeriodStart",
                "ServiceName",
                "SubAccountId/BillingAccountId",
                "ProviderName/ServiceProviderName/HostProviderName"
            ]
        );
    }

    #[test]
    fn refuses_a_line_that_is_no_header_and_a_name_that_occurs_twice() {
        assert!(matches!(layout("1,2,3"), Err(SourceError::UnknownFormat)));
        assert!(matches!(layout("BilledCost;ChargeCategory"), Err(SourceError::UnknownFormat)));
        let twice = layout("BilledCost,ChargeCategory,x_a,X_A");
        assert!(matches!(twice, Err(SourceError::DuplicateColumn { name }) if name == "X_A"));
    }

    #[test]
    fn a_file_may_have_as_many_columns_as_the_limit_and_not_one_more() {
        let wide = |count: usize| {
            let required = "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceName,SubAccountId,ProviderName";
            let mut names: Vec<String> = required.split(',').map(str::to_owned).collect();
            names.extend((names.len()..count).map(|n| format!("x_{n}")));
            Layout::new(names, None, None)
        };
        assert!(wide(COLUMN_LIMIT).is_ok());
        assert!(
            matches!(wide(COLUMN_LIMIT + 1), Err(SourceError::TooManyColumns { count }) if count == COLUMN_LIMIT + 1)
        );
    }
}
