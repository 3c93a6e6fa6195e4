"""The program as people install it: from a wheel, outside the checkout."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from that archive."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "-o", str(folder), str(HERE)],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


def test_the_source_archive_and_the_wheel_hold_what_is_needed(built: Path, wheel: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {
        "pyproject.toml", "dev.py", "README.md", "README.ja.md", "ARCHITECTURE.md",
        "CHANGELOG.md", "LICENSE", "interview_guides/it-workforce.yaml", "benchmarks/startup.py",
        "tests/conftest.py", "tests/faults/shim.c", "src/fieldvisit/cli/running.py",
        "src/fieldvisit/locale/ja/LC_MESSAGES/fieldvisit.po",
    } <= names  # fmt: skip
    assert not [name for name in names if "__pycache__" in name or name.startswith(".venv")]
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        f"fieldvisit/{name}" for name in (
            "interview_guides/it-workforce.yaml", "interview_guides/exchange-of-views.yaml",
            "data/guide.schema.json", "data/cities.csv", "locale/ja/LC_MESSAGES/fieldvisit.mo",
            "storage/migrations/env.py", "storage/migrations/versions/0001_the_first_schema.py",
        )
    } <= names  # fmt: skip
    assert not [name for name in names if name.startswith("tests")]


def test_the_installed_wheel_does_the_main_job(wheel: Path, tmp_path: Path) -> None:
    """Dependencies come from this environment; the project's own code from the wheel alone."""
    venv.create(tmp_path / "venv", with_pip=False)
    scripts = "Scripts" if os.name == "nt" else "bin"
    python = tmp_path / "venv" / scripts / "python"
    where = sysconfig.get_path("purelib", vars={"base": str(tmp_path / "venv")})
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
         "--target", where, str(wheel)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("FIELDVISIT", "PYTHON"))
    }
    # Behind the wheel, so that nothing of an editable install comes first.
    lines = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})\n"
    (Path(where) / "dependencies.pth").write_text(lines, encoding="utf-8")

    def run(*words: str) -> str:
        ended = subprocess.run(
            [python, *words], cwd=tmp_path, env=environment, capture_output=True, check=True
        )
        return ended.stdout.decode()

    def fieldvisit(*words: str) -> str:
        return run("-m", "fieldvisit", "--lang", "ja", *words)

    assert str(tmp_path) in run("-c", "import fieldvisit; print(fieldvisit.__file__)")
    fieldvisit("init", "study")
    assert fieldvisit("--study", "study", "visit", "add", "千葉市") == "chiba-1\n"
    assert "it-workforce" in fieldvisit("--study", "study", "guide", "list")
    assert "架空市" in fieldvisit("demo", "demo")
    assert "比較" in fieldvisit("--study", "demo", "compare", "ai-rpa")
