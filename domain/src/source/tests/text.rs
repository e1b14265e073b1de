//! Texts that mean the same, and files that are written with what is not read.

use super::super::Lang;
use super::{focus, native, open, read, refusal};

/// The fingerprints of rows are equal, and so is what they say.
fn same(written: &str, plain: &str) {
    let column = |text: &str| focus().with("ServiceName", text).with("SubAccountId", text).row();
    let (one, other) = (column(written), column(plain));
    assert_eq!((&one.product_code, &one.account_no), (&other.product_code, &other.account_no), "{written:?}");
    assert_eq!(one.fingerprint, other.fingerprint, "{written:?}");
}

#[test]
fn one_name_in_two_normal_forms_or_with_spaces_nobody_sees_is_one_name() {
    for written in ["cafe\u{301}", "café\u{a0}", "\u{200b}café", "\"café\u{202f}\"", "ca\u{2060}fé"] {
        same(written, "café");
    }
    same("\"say \"\"cafe\u{301}\"\"\"", "\"say \"\"café\"\"\"");
    same("a\u{a0}b", "a b");
    let wide = focus().with("ServiceName", "ｖｍ").row();
    assert_eq!(&*wide.product_code, "ｖｍ", "letters of full width are other letters");
    let row = native().with("customer_account", "e\u{301}-1").row();
    assert_eq!(&*row.account_no, "é-1");
}

#[test]
fn a_cell_of_nothing_but_what_nobody_sees_is_empty() {
    let row = focus().with("RegionId", "\u{200b}\u{a0}").row();
    assert_eq!(&*row.region, "");
    assert_eq!(row.fingerprint, focus().with("RegionId", "").row().fingerprint);
}

#[test]
fn marks_of_byte_order_belong_to_no_record_wherever_they_stand() {
    let plain = read(focus().file()).0;
    let (header, line) = (focus().header(), focus().line());
    for file in [
        format!("\u{feff}\u{feff}{header}\n{line}\n"),
        format!("\u{feff}{header}\n\u{feff}{line}\n"),
        format!("{header}\n\u{feff}\n{line}\n\u{feff}"),
    ] {
        let (rows, rejects) = read(file.clone());
        assert!(rejects.is_empty(), "{file:?}: {rejects:?}");
        assert_eq!(rows[0].fingerprint, plain[0].fingerprint, "{file:?}");
    }
    let quoted = focus().with("BilledCost", "\"7.5\"");
    assert_eq!(read(format!("{header}\n\u{feff}{}\n", quoted.line())).0.len(), 1);
}

#[test]
fn a_delimiter_that_is_not_read_is_named_in_the_refusal() {
    for (delimiter, name) in [(";", "\";\""), ("\t", "TAB"), ("|", "\"|\"")] {
        let file = focus().file().replace(',', delimiter);
        let error = open(file).unwrap_err();
        assert_eq!(error.code(), "WRONG_DELIMITER", "{delimiter:?}");
        assert!(error.message(Lang::En).contains(name), "{}", error.message(Lang::En));
        assert!(error.message(Lang::ZhCn).contains(name), "{}", error.message(Lang::ZhCn));
    }
    assert_eq!(refusal(native().file().replace(',', ";")), "WRONG_DELIMITER");
    assert_eq!(refusal(format!("sep=;\n{}", focus().file())), "WRONG_DELIMITER");
    assert_eq!(read(format!("sep=,\n{}", focus().file())).0.len(), 1);
    assert_eq!(refusal("a;b;c\n1;2;3\n"), "UNKNOWN_FORMAT");
}

#[test]
fn a_line_end_that_is_not_read_is_named_in_the_refusal() {
    for (end, name) in [("\r", "CR"), ("\u{2028}", "LINE SEPARATOR"), ("\u{85}", "NEL")] {
        let error = open(focus().file().replace('\n', end)).unwrap_err();
        assert_eq!(error.code(), "WRONG_LINE_END", "{end:?}");
        assert!(error.message(Lang::En).contains(name), "{}", error.message(Lang::En));
    }
    let long = format!("{}\r{}", focus().header(), format!("{}\r", focus().line()).repeat(40_000));
    assert!(long.len() > super::super::RECORD_LIMIT);
    assert_eq!(refusal(long), "WRONG_LINE_END");
    let quoted = native().with("id", "\"a\rb\"").file();
    assert_eq!(read(quoted).0.len(), 1, "in a value it is no line end");
}
