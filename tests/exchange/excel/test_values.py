"""The values of a workbook's cells, as a person sees them."""

from pathlib import Path

from exchange import table_raw as raw
from exchange.table_raw import apart, cells, read_sheet
from fieldvisit.exchange.excel.sheet import read


def test_a_formula_is_read_by_its_result_and_one_without_is_told(tmp_path: Path) -> None:
    rows = [
        raw.row(raw.formula("1+1", "<v>2</v>"), "<c/>", "<c/>", raw.formula("A1&B1")),
        raw.row("<c/>", "<c/>", "<c/>", raw.formula("A1", "<v>十二</v>", 't="str"')),
        raw.row("<c/>", "<c/>", raw.text("x"), raw.formula('""', "<v></v>", 't="str"')),
        raw.row("<c/>", "<c/>", "<c/>", raw.formula("1/0", "<v>#DIV/0!</v>", 't="e"')),
    ]
    found = read_sheet(tmp_path, *rows)
    assert cells(found, "tag") == ["2", "", "", ""]
    assert cells(found, "answer") == ["", "十二", "", "#DIV/0!"]
    assert apart(found) == [("formula", "=A1&B1")]


def test_truth_and_dates_are_read_as_shown(tmp_path: Path) -> None:
    rows = [
        raw.row(raw.value("1", 't="b"'), raw.value("2019-11-08T00:00:00", 't="d"')),
        raw.row(raw.value("12"), raw.value("12.0")),
        raw.row(raw.text("１２"), raw.value("43777", 's="1"')),
    ]
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    path = raw.write(tmp_path / "x.xlsx", {"S": raw.answers(*rows)}, styles=styles)
    assert cells(read(path), "tag") == ["TRUE", "12", "１２"]
    assert cells(read(path), "number") == ["2019-11-08", "12", "2019-11-08"]


def test_dates_of_the_1904_system_are_four_years_on(tmp_path: Path) -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    path = raw.write(
        tmp_path / "x.xlsx",
        {"S": raw.answers(raw.row(raw.value("42315", 's="1"')))},
        styles=styles,
        dated='date1904="1"',
    )
    assert cells(read(path), "tag") == ["2019-11-08"]


def test_readings_of_signs_are_passed_over_and_spelled_signs_are_signs(tmp_path: Path) -> None:
    shared = '<si><t>千葉</t><rPh sb="0" eb="2"><t>ちば</t></rPh></si><si><t>一_x000D_\n二</t></si>'
    rows = [raw.row(raw.shared(0)), raw.row(raw.shared(1)), raw.row(raw.text("_x005F_x0041_"))]
    path = raw.write(tmp_path / "x.xlsx", {"S": raw.answers(*rows)}, sharedStrings=shared)
    assert cells(read(path), "tag") == ["千葉", "一\n二", "_x0041_"]


def test_a_text_inside_a_cell_stays_in_it_whatever_its_kind_says(tmp_path: Path) -> None:
    odd = "<c><is><t>答</t></is></c>"
    assert cells(read_sheet(tmp_path, raw.row(odd, raw.text("次"))), "number") == ["次"]
    assert cells(read_sheet(tmp_path, raw.row(odd, raw.text("次"))), "tag") == ["答"]


def test_the_strict_dialect_is_read_too(tmp_path: Path) -> None:
    strict = raw.answers(raw.row(raw.shared(0)), space=raw.STRICT)
    path = raw.write(
        tmp_path / "x.xlsx", {"S": strict}, space=raw.STRICT, sharedStrings="<si><t>答</t></si>"
    )
    assert cells(read(path), "tag") == ["答"]
