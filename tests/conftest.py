import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

from examples import EXAMPLES
from fieldvisit import language
from fieldvisit.actions.make_study import make_study
from fieldvisit.actions.plan_visits import add_visits
from fieldvisit.settings import Settings
from fieldvisit.study.fields import VisitFields

hypothesis.settings.register_profile(
    "fieldvisit", deadline=None, derandomize=True, database=None, max_examples=EXAMPLES
)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=EXAMPLES)
hypothesis.settings.load_profile(
    "explore" if os.environ.get("FIELDVISIT_EXPLORE") else "fieldvisit"
)
IN_CI = os.environ.get("CI") == "true"

Fresh = Callable[[], Settings]


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("FIELDVISIT_")]:
        monkeypatch.delenv(name)
    # A shell finds the program, so that hints call it by its name.
    found_in = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    monkeypatch.setenv("PATH", found_in)
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LANGUAGE", "en")
    language.use("en")
    yield
    language.use("en")


def _settings(folder: Path) -> Settings:
    return Settings(folder, str(folder), "t")


def copies(template: Path, target: Path) -> Fresh:
    target.mkdir()
    made = iter(range(1_000_000))

    def copy() -> Settings:
        return _settings(Path(shutil.copytree(template, target / str(next(made)))))

    return copy


@pytest.fixture(scope="session")
def fresh_study(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """A function that returns the settings of a new study each time: for property tests."""
    room = tmp_path_factory.mktemp("studies")
    template = make_study(_settings(room / "template"), room / "template")
    return copies(template, room / "copies")


@pytest.fixture(scope="session")
def fresh_field(fresh_study: Fresh, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """The same with the visits chiba-1 (two people of ours, two of theirs) and himeji-1."""
    given = fresh_study()
    plan = VisitFields(
        first_day="2019-10-21",
        respondents=("情報経営部/課長/山田太郎", "情報経営部/係長/"),
        interviewers=("佐藤", "Smith"),
    )
    add_visits(given, ["千葉市"], plan)
    add_visits(given, ["姫路市"], VisitFields(first_day="2019-10-24"))
    return copies(given.study().folder, tmp_path_factory.mktemp("fields") / "copies")


@pytest.fixture
def study(fresh_study: Fresh) -> Settings:
    """A new study with the shipped guides and nothing else."""
    return fresh_study()


@pytest.fixture
def field(fresh_field: Fresh) -> Settings:
    """A study with the visits chiba-1 and himeji-1."""
    return fresh_field()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI nothing may be lacking: what would be skipped fails."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome, report.longrepr = "failed", f"{item.nodeid}: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport) -> str:
    return str(report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tested and why, and how many trials stand behind a test that is one dot."""
    lacking = Counter(map(_reason, terminalreporter.getreports("skipped")))
    for reason, count in sorted(lacking.items()):
        terminalreporter.write_line(f"NOT TESTED ({count}): {reason.removeprefix('Skipped: ')}")
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "trials":
                terminalreporter.write_line(f"trials: {value}")
