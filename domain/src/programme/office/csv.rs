//! PURE. Offices, areas and people as people write them in a spreadsheet: each row says something of one office, or
//! names a coordinator.

use std::collections::BTreeMap;

use entity::OfficeRole;

use super::import::{NewOffice, NewOffices, Person};
use crate::kernel::csv_table::{self, FAULTS_LIMIT, Form, Record, at_line};
use crate::kernel::error::{Code, Error, Refusal, Result};

/// The columns. A row names an office, a coordinator, or both; what it says of the office stands in any of its rows.
pub const FORM: Form = Form {
    needed: &["office"],
    optional: &[
        "name", "name_zh", "region", "province", "city", "subject", "person", "email", "language", "role",
    ],
    rows: 10_000,
};

/// The role that needs no office.
const COORDINATOR: &str = "COORDINATOR";

/// Reads a file. Everything that is wrong is named by row and column.
pub fn read(text: &str) -> Result<NewOffices> {
    let mut read = Reading::default();
    for record in &csv_table::read(text, FORM)? {
        read.row(record);
    }
    read.complete();
    if !read.wrong.is_empty() {
        read.wrong.truncate(FAULTS_LIMIT);
        return Err(Error::Refused(read.wrong));
    }
    let coordinators = Some(read.coordinators).filter(|list| !list.is_empty());
    Ok(NewOffices { offices: read.offices.into_iter().map(|(_, office)| office).collect(), coordinators })
}

/// The offices read so far, and the faults found on the way.
#[derive(Default)]
struct Reading {
    /// Offices in the order of the file, each with the line that names it first.
    offices: Vec<(u64, NewOffice)>,
    /// Index of each office in that list, by its name in the file.
    places: BTreeMap<String, usize>,
    coordinators: Vec<Person>,
    wrong: Vec<Refusal>,
}

impl Reading {
    fn refuse(&mut self, line: u64, column: &str, detail: String) {
        self.wrong.push(at_line(line, column, Refusal::at(column, Code::Invalid, detail)));
    }

    fn row(&mut self, record: &Record) {
        if let Some(broken) = &record.broken {
            return self.refuse(record.line, "columns", broken.detail.clone());
        }
        let role = self.role(record);
        let Some(code) = record.value("office") else {
            let coordinates = record.value("role") == Some(COORDINATOR);
            if !coordinates || record.value("province").is_some() {
                self.refuse(
                    record.line,
                    "office",
                    "the code of an office; only a coordinator has none".into(),
                );
            }
            return;
        };
        let place = *self.places.entry(code.to_owned()).or_insert(self.offices.len());
        if place == self.offices.len() {
            self.offices.push((record.line, blank(code)));
        }
        self.names(record, place);
        match (record.value("province"), record.value("city")) {
            (Some(province), city) => {
                let area = (province.to_owned(), city.unwrap_or_default().to_owned());
                self.offices[place].1.areas.push(area);
            }
            (None, Some(_)) => self.refuse(record.line, "province", "the province of the city".into()),
            (None, None) => {}
        }
        self.offices[place].1.members.extend(role.map(|role| (person(record), role)));
    }

    /// The role in the office; a coordinator has none there.
    fn role(&mut self, record: &Record) -> Option<OfficeRole> {
        let role = record.value("role");
        match (record.value("subject"), role.and_then(OfficeRole::from_name)) {
            (None, None) if role.is_none() => None,
            (None, _) => {
                self.refuse(record.line, "subject", "who has the role, as tokens name it".into());
                None
            }
            (Some(_), None) if role == Some(COORDINATOR) => {
                self.coordinators.push(person(record));
                None
            }
            (Some(_), None) => {
                let roles: Vec<_> = OfficeRole::ALL.iter().map(|role| role.name()).collect();
                self.refuse(record.line, "role", format!("{} or {COORDINATOR}", roles.join(", ")));
                None
            }
            (Some(_), role) => role,
        }
    }

    /// Takes the office's own names, which every row may repeat but not contradict.
    fn names(&mut self, record: &Record, place: usize) {
        let office = &mut self.offices[place].1;
        let mut differ = vec![];
        for (column, kept) in
            [("name", &mut office.name), ("name_zh", &mut office.name_zh), ("region", &mut office.region)]
        {
            let Some(value) = record.value(column) else { continue };
            if !kept.is_empty() && kept != value {
                differ.push((column, format!("another row of the office says {kept}")));
            }
            value.clone_into(kept);
        }
        for (column, detail) in differ {
            self.refuse(record.line, column, detail);
        }
    }

    /// Every office is called something, and has a region.
    fn complete(&mut self) {
        let mut missing = vec![];
        for (line, office) in &self.offices {
            for (column, value) in
                [("name", &office.name), ("name_zh", &office.name_zh), ("region", &office.region)]
            {
                if value.is_empty() {
                    missing.push((*line, column, format!("no row of {} says it", office.code)));
                }
            }
        }
        for (line, column, detail) in missing {
            self.refuse(line, column, detail);
        }
    }
}

fn blank(code: &str) -> NewOffice {
    NewOffice {
        code: code.to_owned(),
        name: String::new(),
        name_zh: String::new(),
        region: String::new(),
        areas: vec![],
        members: vec![],
    }
}

/// The person that a row names; called by the name tokens have where it says no other, and written to in
/// Chinese.
fn person(record: &Record) -> Person {
    let subject = record.text("subject");
    Person {
        name: record.value("person").unwrap_or(&subject).to_owned(),
        email: record.text("email"),
        language: record.value("language").unwrap_or("zh-CN").to_owned(),
        subject,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "office,name,name_zh,region,province,city,subject,person,email,role";

    #[test]
    fn rows_of_an_office_are_put_together_and_coordinators_stand_alone() {
        let text = format!(
            "{HEADER}\n\
             SH,Shanghai,上海代表处,CN-EAST,上海,,,,,\n\
             SH,,,,江苏,苏州,lin,林,lin@vendor.example,PSM\n\
             SZ,Shenzhen,深圳代表处,CN-SOUTH,广东,深圳,,,,\n\
             ,,,,,,cora,,cora@vendor.example,COORDINATOR\n"
        );
        let read = read(&text).unwrap();
        let codes: Vec<_> = read.offices.iter().map(|office| office.code.as_str()).collect();
        assert_eq!(codes, ["SH", "SZ"]);
        let office = &read.offices[0];
        assert_eq!(
            office.areas,
            [("上海".to_owned(), String::new()), ("江苏".to_owned(), "苏州".to_owned())]
        );
        assert_eq!((office.name_zh.as_str(), office.region.as_str()), ("上海代表处", "CN-EAST"));
        assert_eq!((office.members[0].0.name.as_str(), office.members[0].1), ("林", OfficeRole::Psm));
        let coordinators = read.coordinators.unwrap();
        assert_eq!((coordinators[0].subject.as_str(), coordinators[0].name.as_str()), ("cora", "cora"));
    }

    #[test]
    fn a_file_without_coordinators_leaves_them_as_they_are() {
        let read = read(&format!("{HEADER}\nSH,Shanghai,上海,CN-EAST,,,,,,\n")).unwrap();
        assert!(read.coordinators.is_none());
    }

    #[test]
    fn what_is_wrong_is_named_by_row_and_column() {
        let text = format!(
            "{HEADER}\n\
             SH,Shanghai,上海,CN-EAST,,苏州,,,,\n\
             SH,Shang Hai,,,,,lin,,,BOSS\n\
             ,,,,,,lin,,,PSM\n\
             SH,,,,,,,,,PSM\n\
             SH,,,,,,lin,,,\n\
             BJ,Beijing,,,,,,,,\n\
             TJ,Tianjin\n"
        );
        let Err(Error::Refused(refusals)) = read(&text) else { panic!("read") };
        let places: Vec<_> = refusals.iter().map(|refusal| refusal.path.join(".")).collect();
        let expected = [
            "csv.2.province",
            "csv.3.role",
            "csv.3.name",
            "csv.4.office",
            "csv.5.subject",
            "csv.6.role",
            "csv.8.columns",
            "csv.7.name_zh",
            "csv.7.region",
        ];
        assert_eq!(places, expected);
    }
}
