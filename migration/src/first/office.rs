//! Offices of the vendor with their areas and people, and the coordinators who look after what no office does.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE office (
  id I64 PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  region TEXT NOT NULL,
  version I32 NOT NULL
) STRICT;;

CREATE TABLE office_area (
  province TEXT NOT NULL CHECK (province <> ''),
  city TEXT NOT NULL,
  office_id I64 NOT NULL REFERENCES office (id),
  PRIMARY KEY (province, city)
) CLUSTERED;;
CREATE INDEX office_area_by_office ON office_area (office_id);;

CREATE TABLE office_member (
  office_id I64 NOT NULL REFERENCES office (id),
  subject TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('PDM', 'PSM')),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'zh-CN')),
  PRIMARY KEY (office_id, subject, role)
) CLUSTERED;;
CREATE INDEX office_member_by_subject ON office_member (subject);;

CREATE TABLE pce_coordinator (
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'zh-CN')),
  PRIMARY KEY (subject)
) CLUSTERED;;
";
