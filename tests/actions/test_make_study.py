import os
import signal
import stat
from pathlib import Path

import pytest

from fieldvisit.actions import make_study as making
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.errors import BadGuide, Refused
from fieldvisit.guide_files.reading import check
from fieldvisit.settings import Settings
from fieldvisit.storage import creation, queries
from fieldvisit.storage.connection import reading
from fieldvisit.study.fields import VisitFields


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


WHOLE = {
    "fieldvisit.db",
    "drafts",
    "interview_guides",
    "interview_guides/it-workforce.yaml",
    "interview_guides/exchange-of-views.yaml",
    "interview_guides/guide.schema.json",
}


def test_a_study_is_a_folder_with_database_guides_and_drafts(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "調査"
    assert make_study(Settings(tmp_path, by="t"), folder) == folder
    assert tree(folder) == WHOLE
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "drafts").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "fieldvisit.db").stat().st_mode) == 0o600
    for guide in folder.glob("interview_guides/*.yaml"):
        assert check(guide)[1] == ()
    with reading(folder / "fieldvisit.db") as connection:
        assert queries.study(connection).guides == ("it-workforce",)
        assert len(queries.snapshots(connection)) == 2
        (change,) = queries.changes(connection)
        assert (change.command, change.by, change.objects) == ("init", "t", ("study:study",))


def test_it_may_be_made_where_we_stand_and_beside_other_files(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("x")
    make_study(Settings(tmp_path), tmp_path)
    assert tree(tmp_path) == WHOLE | {"memo.txt"}
    given = Settings(tmp_path)
    assert add_visits(given, ["千葉市"], VisitFields())[0].handle == "chiba-1"


def test_a_second_one_is_refused(study: Settings) -> None:
    folder = study.study().folder
    (folder / "interview_guides" / "it-workforce.yaml").unlink()
    before = tree(folder), (folder / "fieldvisit.db").read_bytes()
    with pytest.raises(Refused, match="already") as caught:
        make_study(study, folder)
    assert str(folder) in caught.value.sentence
    assert (tree(folder), (folder / "fieldvisit.db").read_bytes()) == before


def test_guides_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    guides = tmp_path / "interview_guides"
    guides.mkdir()
    head = 'guide: it-workforce\nversion: "9"\ntitle: {ja: 表題}\n'
    text = head + "topics:\n  - {topic: a, title: {ja: 甲}}\n"
    (guides / "it-workforce.yaml").write_text(text, encoding="utf-8")
    make_study(Settings(tmp_path), tmp_path)
    assert (guides / "it-workforce.yaml").read_text(encoding="utf-8") == text


def test_a_guide_that_does_not_pass_is_named_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "interview_guides").mkdir()
    (tmp_path / "interview_guides" / "own.yaml").write_text("guide: [")
    before = tree(tmp_path)
    with pytest.raises(BadGuide, match=r"own\.yaml"):
        make_study(Settings(tmp_path), tmp_path)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["", "interview_guides", "drafts"])
def test_a_file_in_the_way_is_a_refusal_that_names_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "study"
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("x")
    with pytest.raises(Refused, match="cannot be written") as caught:
        make_study(Settings(tmp_path), folder)
    assert str(folder) in caught.value.sentence
    assert not (folder / "fieldvisit.db").exists()


def test_a_name_that_no_folder_can_have_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        make_study(Settings(tmp_path), tmp_path / ("x" * 300))


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
@pytest.mark.parametrize("where", [(creation, "_prepare"), (making, "store_snapshot")])
def test_a_kill_midway_leaves_no_study_and_it_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[object, str]
) -> None:
    if not (child := os.fork()):
        try:
            monkeypatch.setattr(*where, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            make_study(Settings(tmp_path), tmp_path)
        finally:
            os._exit(1)
    _child, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert not (tmp_path / "fieldvisit.db").exists()
    make_study(Settings(tmp_path), tmp_path)
    assert tree(tmp_path) == WHOLE
