import os
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.harness import OFF_RECORD, Editor, Result, Run, run_here


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The program, in English unless said otherwise, in an empty folder; a bug fails the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIELDVISIT_LANG", "en")
    monkeypatch.setenv("FIELDVISIT_BY", "佐藤")
    for name in ("NO_COLOR", "FORCE_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")

    def checked(*words: str, stdin: str | bytes = b"", lang: str = "", tty: str = "") -> Result:
        result = run_here(*words, stdin=stdin, lang=lang, tty=tty)
        assert result.code in {0, 1, 2, 130}, result.err
        assert "Traceback" not in result.err
        return result

    return checked


def _made(folder: Path, *commands: tuple[str, ...]) -> Path:
    before = dict(os.environ)
    os.environ["FIELDVISIT_BY"] = "佐藤"
    try:
        for words in commands:
            result = run_here("--study", str(folder), *words)
            assert result.code == 0, result.err
    finally:
        os.environ.clear()
        os.environ.update(before)
    return folder


@pytest.fixture(scope="session")
def _three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("three") / "study"
    people = ("--interviewer", "佐藤", "--respondent", "情報経営部/課長/山田太郎")
    return _made(
        folder,
        ("init", str(folder)),
        ("study-group", "add", "wg", "ワーキンググループ"),
        ("study", "edit", "--title", "調査", "--study-group", "wg"),
        ("visit", "add", "千葉市", "--date", "2019-10-21", "--time", "13:30", *people),
        ("visit", "add", "姫路市", "--date", "2019-10-24"),
        ("visit", "add", "大津市", "--date", "R1.11.5", "--mode", "online"),
    )


@pytest.fixture(scope="session")
def _noted(_three: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(_three, tmp_path_factory.mktemp("noted") / "study"))
    source = ("--as-of", "2019年度", "--source-title", "総務省", "--source-date", "2019-03")
    return _made(
        folder,
        ("note", "add", "chiba-1", "ai-rpa/effect", "効果を測っている。", "--said-by", "山田太郎"),
        ("note", "add", "chiba-1", "ai-rpa/effect", OFF_RECORD, "-d", "off-record"),
        ("note", "add", "chiba-1", "4/1", "RPAを税務で使う。", "-d", "public", "--also", "6/1"),
        ("note", "add", "himeji-1", "ai-rpa", "導入はこれから。", "-k", "quote", "-t", "計画"),
        ("note", "add", "himeji-1", "unsorted", "あとで分ける。", "-k", "remark"),
        ("note", "add", "大津市", "open-data", "公開している。", "-k", "desk", *source),
        ("mark", "himeji-1", "4/2", "to-follow", "--due", "2019-11-30", "--reason", "確認中"),
        ("mark", "otsu-1", "ai-rpa", "not-asked"),
    )


@pytest.fixture
def fresh(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path]:
    """Make a template's copy the study in use."""

    def copied(template: Path) -> Path:
        folder = Path(shutil.copytree(template, Path.cwd() / "study"))
        monkeypatch.setenv("FIELDVISIT_STUDY", str(folder))
        return folder

    return copied


@pytest.fixture
def three(_three: Path, fresh: Callable[[Path], Path]) -> Path:
    """The study in use: the visits chiba-1, himeji-1 and otsu-1, no notes."""
    return fresh(_three)


@pytest.fixture
def noted(_noted: Path, fresh: Callable[[Path], Path]) -> Path:
    """The same with notes of several kinds, one of them OFF_RECORD, and marks."""
    return fresh(_noted)


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Editor:
    """Set EDITOR to a program: Python that has ``path`` and ``text``, and may change ``text``."""
    script = tmp_path / "an editor.py"

    def use(code: str) -> None:
        script.write_text(
            "import os, pathlib, signal, sys, time\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "before = text = path.read_text(encoding='utf-8', errors='replace')\n"
            f"{code}\n"
            "if text != before:\n"
            "    path.write_text(text, encoding='utf-8')\n",
            encoding="utf-8",
        )
        command = shlex.join([sys.executable, "-S", "-E", str(script)])
        monkeypatch.setenv("EDITOR", command)

    return use
