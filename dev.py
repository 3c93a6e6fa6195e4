"""What a developer does: `python dev.py TASK`. Needs only Python; makes .venv on first use.

demo    make the sample study and print a comparison
test    run the tests (more words go to pytest)
check   ruff, mypy, import-linter, catalogue, README outputs
fix     format, sort imports, renew catalogue and guide schema
docs    renew the outputs in README.md and README.ja.md
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("FIELDVISIT_VENV", HERE / ".venv"))
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
STAMP = HOME / "installed"
CATALOGUE = "src/fieldvisit/locale/ja/LC_MESSAGES/fieldvisit.po"
READMES = ("README.md", "README.ja.md")


def install() -> None:
    """Make the virtual environment, or renew it when pyproject.toml is newer."""
    wanted = (HERE / "pyproject.toml").read_text(encoding="utf-8") + str(HERE)
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    print("Installing into", HOME, file=sys.stderr)
    venv.create(HOME, with_pip=True)
    run("-m", "pip", "install", "--quiet", "--compile", "--editable", ".[dev]")
    STAMP.write_text(wanted, encoding="utf-8")


def run(*words: str) -> None:
    """Run Python with ``words`` in the virtual environment; stop with its exit code if it fails."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [str(BIN / "python"), "-X", "utf8", *words]
    if code := subprocess.call(command, cwd=HERE, env=environment):
        raise SystemExit(code)


def demo() -> None:
    """Make the sample study and print a comparison."""
    run("-m", "fieldvisit", "demo", *sys.argv[2:])


def test() -> None:
    """Run the tests."""
    run("-m", "pytest", *(sys.argv[2:] or ["-n", "auto"]))


def check() -> None:
    """Run every check; the first that fails stops."""
    run("-m", "ruff", "format", "--check", ".")
    run("-m", "ruff", "check", ".")
    run("-m", "mypy")
    run("-c", "from importlinter.cli import lint_imports_command as c; c()")
    run("-m", "cogapp", "--check", "-I", "tests", *READMES)


def fix() -> None:
    """Format and renew what is generated."""
    run("-m", "ruff", "check", "--fix", "--quiet", ".")
    run("-m", "ruff", "format", "--quiet", ".")
    renew_catalogue()


def renew_catalogue() -> None:
    """Bring the sentences of the code into the Japanese catalogue, and compile it."""
    babel = ("-m", "babel.messages.frontend", "--quiet")
    pot = str(HOME / "fieldvisit.pot")
    common = ("--no-location", "--sort-output", "--no-wrap")
    marks = ("-k", "N_", "-k", "counted:1,2")
    run(*babel, "extract", *common, *marks, "--omit-header", "-o", pot, "src")
    run(*babel, "update", "--omit-header", "--no-fuzzy-matching", "-i", pot, "-o", CATALOGUE,
        "-l", "ja", "--no-wrap")  # fmt: skip
    run(*babel, "compile", "--statistics", "-i", CATALOGUE, "-o", CATALOGUE[:-2] + "mo")


def docs() -> None:
    """Renew the outputs in the READMEs."""
    run("-m", "cogapp", "-I", "tests", "-r", *READMES)


TASKS = {task.__name__: task for task in (demo, test, check, fix, docs)}


def main() -> None:
    """Run the task that the first word names."""
    task = TASKS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if task is None:
        raise SystemExit(__doc__)
    install()
    task()


if __name__ == "__main__":
    main()
