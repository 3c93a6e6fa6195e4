"""What a developer does: `python dev.py TASK`. Needs only Python; makes .venv on first use.

demo    make the sample study and show it
test    run the tests (more words go to pytest); --fast: those of the subject, under a minute
explore draw new examples and studies, 20 times as many, where `test` draws the same each time
mutants break the gate in every small way and see whether a test notices (mutmut; an hour or two)
check   ruff, mypy, import-linter, catalogue, outputs shown in the docs
fix     format, sort imports, renew catalogue and guide schema
docs    renew the outputs shown in the READMEs and in docs/
migration NAME    write the migration from the last schema to the tables as they stand now
"""

import ast
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("FIELDVISIT_VENV", HERE / ".venv"))
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
EVERYTHING = ".[dev]"
CATALOGUE = "src/fieldvisit/locale/ja/LC_MESSAGES/fieldvisit.po"
TRANSLATORS = {"_": 1, "N_": 1, "counted": 2}  # how many of their arguments are sentences
DECLARERS = {
    "option",
    "argument",
    "command",
    "verb",
}  # they hold a help, and what stands for a value
CATALOGUE_HEADER = [
    ("Language", "ja"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
    ("Content-Type", "text/plain; charset=utf-8"),
]
FAST = ("fieldwork", "documents", "exchange", "guide_files")
MIGRATIONS = "src/fieldvisit/storage/migrations/versions"
MIGRATION = '''"""{words}."""

import sqlalchemy as sa
from alembic import op

from fieldvisit.storage.migrating import add, numbers, texts

revision = "{number}"
down_revision = "{last}"


def upgrade() -> None:
    {steps}
'''
SHOWN = ("README.md", "README.ja.md", "docs/walkthrough.md", "docs/walkthrough.ja.md")


def install(what: str) -> None:
    """Make the virtual environment, or renew it when pyproject.toml is newer.

    ``what`` is `.`, what running needs, or `.[dev]`, which holds it too.
    """
    wanted = (HERE / "pyproject.toml").read_text(encoding="utf-8") + str(HERE)
    stamps = [HOME / "installed"] if what == EVERYTHING else [HOME / "installed", HOME / "runs"]
    if any(s.exists() and s.read_text(encoding="utf-8") == wanted for s in stamps):
        return
    print("Installing into", HOME, file=sys.stderr)
    if not BIN.exists():  # may be where this very Python runs from
        venv.create(HOME, with_pip=True)
    run("-m", "pip", "install", "--quiet", "--compile", "--editable", what)
    stamps[-1].write_text(wanted, encoding="utf-8")


def run(*words: str) -> None:
    """Run Python with ``words`` in the virtual environment; stop with its exit code if it fails."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [str(BIN / "python"), "-X", "utf8", *words]
    if code := subprocess.call(command, cwd=HERE, env=environment):
        raise SystemExit(code)


def demo() -> None:
    """Make the sample study and show it."""
    # The environment stays as it is: the commands shown must run where this was typed.
    command = [str(BIN / "python"), "-X", "utf8", "-m", "fieldvisit", "demo", *sys.argv[2:]]
    raise SystemExit(subprocess.call(command))


def test() -> None:
    """Run the tests; --fast those of what has no command, no other program and no faults."""
    words = [word for word in sys.argv[2:] if word != "--fast"]
    if words != sys.argv[2:]:
        os.environ.setdefault("FIELDVISIT_EXAMPLES", "15")
        folders = [f"tests/{name}" for name in FAST]
        words = ["-n", "auto", "-m", "not programs and not faults", *folders, *words]
    run("-m", "pytest", *(words or ["-n", "auto"]))


def explore() -> None:
    """Run the property tests with new examples, and many of them; the more words go to pytest."""
    os.environ["FIELDVISIT_EXPLORE"] = "1"
    os.environ.setdefault("FIELDVISIT_EXAMPLES", "1200")
    run("-m", "pytest", "-m", "hypothesis or by_chance", *(sys.argv[2:] or ["-n", "auto"]))


def mutants() -> None:
    """Break what [tool.mutmut] names, small piece by small piece; more words go to mutmut run."""
    run("-m", "pip", "install", "--quiet", "--editable", ".[mutants]")
    run("-m", "mutmut", "run", *sys.argv[2:])
    run("-m", "mutmut", "results")


def check() -> None:
    """Run every check; the first that fails stops."""
    run("-m", "ruff", "format", "--check", ".")
    run("-m", "ruff", "check", ".")
    run("-m", "mypy")
    run("-c", "from importlinter.cli import lint_imports_command as c; c()")
    run("-m", "cogapp", "--check", "-I", "tests", *SHOWN)


def fix() -> None:
    """Format and renew what is generated."""
    run("-m", "ruff", "check", "--fix", "--quiet", ".")
    run("-m", "ruff", "format", "--quiet", ".")
    run("-c", "import dev; dev.renew_catalogue(); dev.renew_schema()")


def renew_catalogue() -> None:
    """Bring the sentences of the code into the Japanese catalogue, and compile it. Needs Babel."""
    from babel.messages import mofile, pofile
    from babel.messages.catalog import Catalog

    # Babel's own header holds dates and versions, and would change when no word does.
    Catalog.mime_headers = []  # type: ignore[assignment]
    words = Catalog(locale="ja")
    for sentence in sentences():
        words.add(sentence)
    path = HERE / CATALOGUE
    with path.open("rb") as file:
        catalogue = pofile.read_po(file, locale="ja")
    catalogue.update(words, no_fuzzy_matching=True)
    catalogue.header_comment = "# fieldvisit in Japanese"
    catalogue.mime_headers = CATALOGUE_HEADER
    with path.open("wb") as file:
        pofile.write_po(file, catalogue, width=0, sort_output=True, ignore_obsolete=True)
    with path.with_suffix(".mo").open("wb") as file:
        mofile.write_mo(file, catalogue)


def renew_schema() -> None:
    """Write the JSON Schema of guide files as the value classes declare them."""
    from fieldvisit.doors.inputs import shipped_schema
    from fieldvisit.guide_files.schema import written

    shipped_schema().write_bytes(written())


def sentences() -> Iterator[str | tuple[str, ...]]:
    """Yield what the code marks for translation; also inside f-strings, which Babel passes over.

    What stands for a value in usage lines, and the help of what is declared, need no mark.
    """
    for path in sorted(HERE.joinpath("src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                wanted = TRANSLATORS.get(node.func.id, 0)
                given = [a.value for a in node.args[:wanted] if isinstance(a, ast.Constant)]
                words = tuple(word for word in given if isinstance(word, str) and word)
                if words and len(words) == wanted:
                    yield words if wanted > 1 else words[0]
                elif node.func.id in DECLARERS:
                    told = [a.value if isinstance(a, ast.Constant) else "" for a in node.args[:2]]
                    yield from (*value_name(str(told[0])), *map(str, filter(None, told[1:])))


def value_name(spec: str) -> Iterator[str]:
    """Yield what stands for a value if it is in capitals; fixed values are typed as they stand."""
    name = " ".join(word for word in spec.split() if not word.startswith("-"))
    if name.lower() != name:
        yield name


def docs() -> None:
    """Renew the outputs shown in the READMEs and in docs/."""
    run("-m", "cogapp", "-I", "tests", "-r", *SHOWN)


def migration() -> None:
    """Write the migration to the tables of `storage/tables.py`; the next word is its name."""
    name = "_".join(sys.argv[2:]).replace("-", "_")
    if not name.isidentifier():
        raise SystemExit("Say what changes: python dev.py migration NAME")
    run("-c", "import sys, dev; dev.write_migration(sys.argv[1])", name)
    run("-m", "ruff", "check", "--fix", "--quiet", MIGRATIONS)
    run("-m", "ruff", "format", "--quiet", MIGRATIONS)


def write_migration(name: str) -> None:
    """Write what leads from the newest schema to the models. Needs Alembic."""
    from alembic.autogenerate import produce_migrations, render_python_code
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine
    from sqlmodel import SQLModel

    from fieldvisit.storage import tables  # noqa: F401 - declares the models
    from fieldvisit.storage.connection import SCHEMA
    from fieldvisit.storage.creation import create

    with tempfile.TemporaryDirectory() as folder:
        create(Path(folder, "newest.db"))
        with create_engine(f"sqlite:///{folder}/newest.db").connect() as connection:
            context = MigrationContext.configure(connection)
            steps: Any = produce_migrations(context, SQLModel.metadata).upgrade_ops
    lines = [*new_columns(steps), render_python_code(steps, render_as_batch=True)]
    if not any(steps.ops) and len(lines) == 1:
        raise SystemExit("The tables are as the last migration left them.")
    number = f"{int(SCHEMA) + 1:04}"
    path = HERE / MIGRATIONS / f"{number}_{name}.py"
    words = name.replace("_", " ").capitalize()
    text = MIGRATION.format(words=words, number=number, last=SCHEMA, steps="\n    ".join(lines))
    written = [line for line in text.splitlines() if not line.lstrip().startswith("# ###")]
    path.write_text("\n".join(written) + "\n", encoding="utf-8")
    print(path.relative_to(HERE))


def new_columns(steps: Any) -> Iterator[str]:  # noqa: ANN401 - Alembic's operations
    """Take new columns out of ``steps``, each as a line of our own.

    Alembic's would be refused by a table that has rows.
    """
    for of_table in steps.ops:
        inner = getattr(of_table, "ops", [])
        for step in [step for step in inner if type(step).__name__ == "AddColumnOp"]:
            inner.remove(step)
            made = "numbers" if type(step.column.type).__name__ == "Integer" else "texts"
            empty = ", empty=True" if step.column.nullable else ""
            yield f'add("{step.table_name}", {made}("{step.column.name}"{empty}))'
    steps.ops = [of_table for of_table in steps.ops if getattr(of_table, "ops", True)]


TASKS = {
    task.__name__: task for task in (demo, test, explore, mutants, check, fix, docs, migration)
}


def main() -> None:
    """Run the task that the first word names."""
    task = TASKS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if task is None:
        raise SystemExit(__doc__)
    install("." if task is demo else EVERYTHING)
    task()


if __name__ == "__main__":
    main()
