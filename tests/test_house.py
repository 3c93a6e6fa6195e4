"""What the house promises, walked through the tracked files."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

HERE = Path(__file__).resolve().parent.parent
SOURCES = sorted((HERE / "src").rglob("*.py"))
TESTS = sorted((HERE / "tests").rglob("*.py"))
LONGEST_MODULE, LONGEST_TESTS, LONGEST_FUNCTION, LONGEST_MAP = 400, 600, 50, 110
SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "core", "manager"}
NETWORK = {"socket", "urllib", "http", "requests", "httpx", "ssl", "ftplib", "smtplib", "asyncio"}
# Names that must not stand anywhere are put together here, so that this file does not hold them.
UNWANTED = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".", "TO" + "DO", "FIX" + "ME")


def tracked() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=HERE, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.decode().splitlines():
        if (HERE / name).is_file():
            yield HERE / name


def is_public(node: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.ClassDef]:
    return isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")


def test_modules_and_functions_stay_short() -> None:
    limits = dict.fromkeys(SOURCES, LONGEST_MODULE) | dict.fromkeys(TESTS, LONGEST_TESTS)
    long = [
        f"{path.relative_to(HERE)}: {lines}"
        for path, limit in limits.items()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit
    ]
    long += [
        f"{path.name}:{node.lineno} {node.name}"
        for path in limits
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 >= LONGEST_FUNCTION
    ]
    assert long == []


def test_no_name_says_nothing() -> None:
    paths = (*SOURCES, *TESTS)
    parts = {part for path in paths for part in path.relative_to(HERE).with_suffix("").parts}
    assert parts & SAY_NOTHING == set()


def test_the_map_is_short_names_what_is_there_and_has_every_room() -> None:
    text = (HERE / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MAP
    made_by_users = {"drafts/", "materials/"}
    for name in set(re.findall(r"`([a-z_/]+(?:\.py|/))`", text)) - made_by_users:
        places = (HERE / name, HERE / "src/fieldvisit" / name)
        assert any(place.exists() for place in places), name
    named = {name.rstrip("/") for name in re.findall(r"[a-z_]+(?:\.py|/)", text.split("```")[1])}
    rooms = {
        path.name
        for path in (HERE / "src/fieldvisit").iterdir()
        if not path.name.startswith("__") and (path.is_dir() or path.suffix == ".py")
    }
    assert rooms - named == set()
    # Every promise names the tests that hold it.
    promises = text.partition("## What always holds")[2].partition("\n## ")[0].split("\n- ")[1:]
    without = [promise.split("\n")[0] for promise in promises if "`tests/" not in promise]
    assert (len(promises) > 0, without) == (True, [])


def test_every_exception_to_a_check_says_why() -> None:
    bare = [
        f"{path.name}: {line.strip()}"
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"# noqa(?!: [A-Z0-9, ]+ - \S)", line)
        or re.search(r"# type: ignore(?!\[[a-z, -]+\]  ?# \S)", line)
    ]
    assert bare == []


def test_nothing_that_must_not_be_in_the_project_is_in_it() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.name}: {word}" for word in (*UNWANTED, f"{HERE}/") if word in text]
    assert found == []


def test_the_program_has_no_way_to_the_network() -> None:
    imported = {
        (getattr(node, "module", None) or alias.name).split(".")[0]
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported & NETWORK == set()
    assert "sqlite3" in imported


def test_what_typer_keeps_to_itself_is_named_in_one_module() -> None:
    inside = "typer._" + "click"
    users = [p.name for p in (*SOURCES, *TESTS) if inside in p.read_text(encoding="utf-8")]
    assert users == ["declaring.py"]


def test_public_names_are_explained() -> None:
    silent = []
    for path in SOURCES:
        if "cli" in path.parts or "migrations" in path.parts:
            continue  # a command's help is its explanation
        tree = ast.parse(path.read_text(encoding="utf-8"))
        public = [node for node in tree.body if is_public(node)]
        public += [node for c in public if isinstance(c, ast.ClassDef) for node in c.body
                   if is_public(node)]  # fmt: skip
        silent += [f"{path.name}: {n.name}" for n in public if not ast.get_docstring(n)]
        if not ast.get_docstring(tree):
            silent.append(path.name)
    assert silent == []
