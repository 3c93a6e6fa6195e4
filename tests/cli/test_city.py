"""`city list`, `show`, `add`, `import`."""

from pathlib import Path

import pytest

from cli.harness import Run, assert_refused, tree

FICTIONAL = (
    "--prefecture",
    "千葉県",
    "--romaji",
    "kaku",
    "--class",
    "町",
    "--kana",
    "かくうちょう",
)


def test_shipped_cities_are_listed_without_a_study(run: Run) -> None:
    found = run("city", "list", "--json").json["cities"]
    codes = [city["code"] for city in found]
    assert codes == sorted(codes)
    assert {"千葉市", "姫路市", "大津市"} <= {city["name"] for city in found}


def test_the_list_is_narrowed_by_class_and_prefecture(run: Run, three: Path) -> None:
    found = run("city", "list", "--class", "政令指定都市", "--prefecture", "千葉", "--json").json
    assert [city["name"] for city in found["cities"]] == ["千葉市"]


@pytest.mark.parametrize(
    "typed", ["千葉市", "千葉県千葉市", "ちば", "CHIBA", "１２１００２", "12100"]
)
def test_a_city_goes_by_many_names(run: Run, typed: str) -> None:
    assert run("city", "show", typed, "--json").json["city"]["code"] == "121002"


def test_a_city_of_our_own_has_no_printed_code(run: Run, three: Path) -> None:
    assert run("city", "add", "架空町", *FICTIONAL).out == "kaku\n"
    assert run("visit", "add", "架空町").out == "kaku-1\n"
    run("note", "add", "kaku-1", "hiring", "架空の話")
    everything = "".join(
        run(*words).out
        for words in [
            ("city", "show", "kaku", "--json"), ("city", "list"), ("visit", "list", "--json"),
            ("compare", "--json"), ("compare", "--format", "csv"), ("coverage", "--format", "csv"),
            ("note", "list", "--json"), ("log",), ("log", "--json"), ("city", "show", "kaku"),
        ]
    )  # fmt: skip
    assert "架空町" in everything
    assert "99001" not in everything


def test_a_reading_need_not_be_given(run: Run, three: Path) -> None:
    words = ("--prefecture", "千葉県", "--romaji", "kaku", "--class", "町")
    assert run("city", "add", "架空町", *words).code == 0


@pytest.mark.parametrize(
    ("name", "more"),
    [("千葉市", ()), ("架空町", ("--code", "121002")), ("架空町", ("--code", "123"))],
)
def test_a_city_that_cannot_be_is_refused(
    run: Run, three: Path, name: str, more: tuple[str, ...]
) -> None:
    run("city", "add", "千葉市", *FICTIONAL)
    before = tree(three)
    result = run("city", "add", name, *FICTIONAL, *more)
    assert result.code in {1, 2}
    assert tree(three) == before


def test_a_name_that_fits_several_cities_lists_them_with_their_codes(run: Run, three: Path) -> None:
    for prefecture, code in [("東京都", "132063"), ("広島県", "342084")]:
        words = ("--prefecture", prefecture, "--class", "一般市", "--kana", "ふちゅうし")
        assert run("city", "add", "府中市", *words, "--romaji", "fuchu", "--code", code).code == 0
    before = tree(three)
    assert_refused(run("visit", "add", "府中市"), 1, "府中市", "132063", "342084")
    assert_refused(run("city", "show", "fuchu"), 1, "132063", "342084")
    assert tree(three) == before
    assert run("visit", "add", "東京都府中市", "342084").out == "fuchu-1\nfuchu-2\n"


def test_a_file_of_cities_is_imported_whole_or_not_at_all(
    run: Run, three: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cities.csv"
    head = "code,prefecture,name,kana,romaji,class,since\r\n"
    row = "342084,広島県,府中市,ふちゅうし,fuchu,ordinary-city,1954-03-31\r\n"
    path.write_bytes(f"\ufeff{head}{row}".encode())
    assert "1 city was added" in run("city", "import", str(path)).err
    assert "0 cities were added. 1 was known already" in run("city", "import", str(path)).err
    before = tree(three)
    path.write_text(head + row.replace("342084", "132063") + "1,2,3\r\n", "utf-8")
    assert_refused(run("city", "import", str(path)), 1, "cities.csv")
    assert_refused(run("city", "import", "none.csv"), 1, "none.csv", "does not exist")
    path.write_bytes(b"\x00\xff\xfe")
    assert_refused(run("city", "import", str(path)), 1, "cities.csv")
    assert tree(three) == before


def test_a_file_of_cities_may_be_saved_by_japanese_excel(
    run: Run, three: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cities.csv"
    head = "code,prefecture,name,kana,romaji,class\r\n"
    path.write_bytes(
        f"{head}132063,東京都,府中市,ふちゅうし,fuchu,ordinary-city\r\n".encode("cp932")
    )
    assert "1 city was added" in run("city", "import", str(path)).err
    assert run("city", "show", "132063", "--json").json["city"]["name"] == "府中市"


def test_a_row_that_gives_a_code_to_another_city_is_refused(run: Run, three: Path) -> None:
    head = "code,prefecture,name,kana,romaji,class\n"
    file = three / "cities.csv"
    file.write_text(head + "121002,千葉県,ちがう市,ちばし,chiba,designated-city\n", "utf-8")
    assert_refused(run("city", "import", str(file)), 1, "cities.csv:2", "千葉市")
    file.write_text(head + f"990019,千葉県,{'長' * 200_000},ち,ch,town\n", "utf-8")
    assert_refused(run("city", "import", str(file)), 1, "cities.csv:")
