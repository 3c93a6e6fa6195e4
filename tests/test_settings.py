import getpass
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldvisit.errors import BadText, NoStudyHere, WrongUsage
from fieldvisit.fieldwork.terms import AUDIENCES
from fieldvisit.settings import Settings, Study, configuration_file, load

ORDER = list(AUDIENCES)


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fieldvisit.db").touch()
    return folder


def written(text: str | bytes) -> None:
    path = configuration_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def test_the_option_comes_before_the_environment_before_the_folder(tmp_path: Path) -> None:
    a, b, c = (made(tmp_path / name) for name in "abc")
    environment = {"FIELDVISIT_STUDY": str(b)}
    assert load(environment, c, study=str(a)).study() == Study(a)
    assert load(environment, c).study() == Study(b)
    assert load({}, c).study() == Study(c)


def test_the_nearest_folder_upward_is_taken(tmp_path: Path) -> None:
    outer, inner = made(tmp_path / "a"), made(tmp_path / "a" / "b" / "c")
    deep = inner / "d" / "e"
    deep.mkdir(parents=True)
    assert load({}, deep).study().folder == inner
    assert load({}, inner.parent).study().folder == outer


def test_a_study_that_is_not_there_is_looked_for_nowhere_else_and_the_way_out_told(
    tmp_path: Path,
) -> None:
    here, gone = made(tmp_path / "here"), tmp_path / "gone"
    for given_settings, named in (
        (load({}, here, study=str(gone)), gone),
        (load({"FIELDVISIT_STUDY": str(gone)}, here), gone),
        (load({}, tmp_path), tmp_path),
    ):
        assert given_settings.find_study() is None
        with pytest.raises(NoStudyHere) as caught:
            given_settings.study()
        assert str(named) in caught.value.sentence
        assert "fieldvisit init" in caught.value.hint
        assert caught.value.exit_code == 1


@pytest.mark.parametrize("name", ["~nobody-of-that-name/x", "x" * 5000, "a\0b"])
def test_an_impossible_name_of_a_study_is_no_crash(tmp_path: Path, name: str) -> None:
    try:
        load({}, tmp_path, study=name).study()
    except NoStudyHere as refused:
        assert name in refused.sentence  # noqa: PT017 - it may also be opened, and fail there


def test_a_study_knows_where_its_things_lie(tmp_path: Path) -> None:
    study = Study(tmp_path)
    names = [path.name for path in (study.database, study.guides, study.drafts)]
    assert names == ["fieldvisit.db", "interview_guides", "drafts"]


def test_who_writes_option_environment_file_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert load({}, tmp_path).author() == "login"
    monkeypatch.setattr(getpass, "getuser", lambda: "a\udcff")
    assert load({}, tmp_path).author() == "a<U+DCFF>"
    written('by = "file"')
    assert load({}, tmp_path).author() == "file"
    assert load({"FIELDVISIT_BY": "環境"}, tmp_path).author() == "環境"
    assert load({"FIELDVISIT_BY": "環境"}, tmp_path, by="option").author() == "option"


@pytest.mark.parametrize("error", [KeyError, OSError, ImportError])
def test_somebody_without_a_login_name_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setattr(getpass, "getuser", mock.Mock(side_effect=error))
    monkeypatch.setenv("USERNAME", "windows")
    assert load({}, tmp_path).author() == "windows"
    monkeypatch.delenv("USERNAME")
    assert load({}, tmp_path).author() == "-"


@pytest.mark.parametrize("name", ["a\0b", "\udcff"])
def test_a_name_that_cannot_be_stored_is_refused_from_everywhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadText):
        load({}, tmp_path, by=name)
    with pytest.raises(BadText):
        load({"FIELDVISIT_BY": name}, tmp_path)
    written('by = "a\\u0000b"')
    with pytest.raises(BadText):
        load({}, tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"by = ", b"by = 'a'\nby = 'b'", b"by = \xff", b"{", b"by = 3", b"audience = ['public']"],
)
def test_a_broken_configuration_is_named_and_never_ignored(tmp_path: Path, content: bytes) -> None:
    written(content)
    with pytest.raises(WrongUsage) as caught:
        load({}, tmp_path)
    assert str(configuration_file()) in caught.value.sentence
    assert "by =" in caught.value.hint
    assert caught.value.exit_code == 2


def test_the_environment_asks_for_an_audience_before_the_file(tmp_path: Path) -> None:
    written('audience = "public"')
    assert load({}, tmp_path).audience == "public"
    assert load({"FIELDVISIT_AUDIENCE": "group"}, tmp_path).audience == "group"


@given(
    st.sampled_from(["", *AUDIENCES]),
    st.sampled_from(["", *AUDIENCES]),
    st.sampled_from(["work", "group", "public"]),
    st.booleans(),
)
def test_settings_tighten_the_usual_audience_anywhere_and_loosen_on_a_terminal_only(
    wanted: str, asked: str, default: str, on_terminal: bool
) -> None:
    found = Settings(Path(), audience=wanted).audience_for(asked, default, on_terminal=on_terminal)
    usual = ("all" if on_terminal else "group") if default == "work" else default
    if asked:
        assert found == asked
    elif on_terminal:
        assert found == (wanted or usual)
    else:
        assert found != "all"
        assert ORDER.index(found) == min(ORDER.index(a) for a in (wanted or usual, usual))


def test_audiences_are_understood_in_japanese_and_nonsense_is_refused() -> None:
    on_terminal = True
    given_settings = Settings(Path(), audience="一般公開")
    assert given_settings.audience_for("", "work", on_terminal=on_terminal) == "public"
    assert given_settings.audience_for("担当者限り", "work", on_terminal=False) == "all"
    for wrong in (Settings(Path(), audience="everybody"), Settings(Path(), audience="?")):
        with pytest.raises(WrongUsage):
            wrong.audience_for("", "work", on_terminal=on_terminal)
    with pytest.raises(WrongUsage):
        given_settings.audience_for("everybody", "work", on_terminal=False)
