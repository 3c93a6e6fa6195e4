"""No module but the gate selects from the notes or from what once stood in them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "fieldvisit"
GATE = "storage/gate/"
SCHEMA = {"storage/tables.py", "storage/creation.py", "storage/migrating.py"}
WRITER, QUERIES = "storage/records.py", "storage/queries.py"
# What reads any kind: its parts are handed out to the gate and the queries alone.
ANY_KIND = {"storage/layout.py", "storage/kinds.py", "storage/rows.py"}
CLOSED = {
    "NOTE", "SUMMARY", "CONFIRMATION", "NOTE_CONFLICT", "MATERIAL", "KINDS", "kind_of",
}  # fmt: skip
NAMED = r"\W{0,2}((main|temp)\W{1,3})?"
NOTES = NAMED + r"(note(_place|_tag|_group|_conflict)?|summary(_note)?|confirmation|material)\b"
COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
READS_NOTES = re.compile(
    rf"\b(from|join)\s+{NOTES}|\b(select|update)\b.*\bfrom\b[^;]*,\s*{NOTES}(?!\s*[.(])"
    rf"|\b(select|update|delete)\b.*\bin\s+{NOTES}(?!\s*\.)",
    re.IGNORECASE | re.DOTALL,
)
READS_REVISIONS = re.compile(
    rf"\b(from|join)\s+{NAMED}revision\b|\bselect\b.*\bfrom\b[^;]*,\s*{NAMED}revision\b",
    re.IGNORECASE | re.DOTALL,
)
HOLDS_BODIES = re.compile(r"\bbody\b|\bsalt\b|\*", re.IGNORECASE)
READS_ANY_TABLE = re.compile(r"\b(from|join)\s+[{%]", re.IGNORECASE)
GIVES_BACK = re.compile(r"\b(insert|update|delete)\b.*\breturning\b", re.IGNORECASE | re.DOTALL)
FROM_CONNECTION = {"iterdump", "blobopen", "serialize"}


def violations(code: str, where: str) -> list[str]:
    """Every read of notes in a module, as `line: what`; ``where`` is its path under the source."""
    if where.startswith(GATE):
        return []
    tree = ast.parse(code)
    found = [*_orm(tree, where), *_kinds(tree, where)]
    if where not in ANY_KIND:
        found += _sql(tree)
    return sorted(f"{line}: {what}" for line, what in found)


def _sql(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        sql = COMMENT.sub(" ", _literal(node))
        if READS_NOTES.search(sql):
            yield _line(node), "selects from the notes"
        elif READS_REVISIONS.search(sql) and HOLDS_BODIES.search(sql):
            yield _line(node), "selects bodies of revisions"
        elif READS_ANY_TABLE.search(sql) and "select" in sql.lower():
            yield _line(node), "selects from a table that is named elsewhere"
        elif GIVES_BACK.search(sql):
            yield _line(node), "lets a change give back what stands there"


def _literal(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_literal(part) or "{" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (_literal(node.left) or "{") + (_literal(node.right) or "{")
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "join" and node.args:
        return " ".join(_literal(part) for part in getattr(node.args[0], "elts", ()))
    return ""


def _orm(tree: ast.AST, where: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for module in _imported(node):
            mapper = module.startswith(("sqlalchemy", "sqlmodel", "fieldvisit.storage.tables"))
            if mapper and where not in SCHEMA:
                yield _line(node), "imports the mapper of objects"
        if where.startswith("storage/") and getattr(node, "attr", "") in FROM_CONNECTION:
            yield _line(node), "reads past SQL"


def _kinds(tree: ast.AST, where: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        names = set(_imported(node))
        if "fieldvisit.storage.rows" in names and where != QUERIES:
            yield _line(node), "reads any kind"
        closed = {f"fieldvisit.storage.kinds.{name}" for name in CLOSED}
        whole = "fieldvisit.storage.kinds.*" in names or (
            "fieldvisit.storage.kinds" in names and not _takes(node, "fieldvisit.storage.kinds")
        )
        if where == QUERIES and (whole or names & closed):
            yield _line(node), "names a kind that the gate reads"
        if where not in ANY_KIND and getattr(node, "attr", "") in {"select", "selected"}:
            yield _line(node), "makes a read of a kind"


def _takes(node: ast.AST, module: str) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == module


def _imported(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports, and what it takes of them."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))


MODULES = sorted(
    path.relative_to(SOURCE).as_posix()
    for path in SOURCE.rglob("*.py")
    if "migrations" not in path.parts
)


@pytest.mark.parametrize("where", MODULES)
def test_no_other_module_reads_notes(where: str) -> None:
    assert violations((SOURCE / where).read_text(encoding="utf-8"), where) == []


def test_the_gate_itself_would_be_found() -> None:
    found = {
        where: violations((SOURCE / where).read_text(encoding="utf-8"), "storage/other.py")
        for where in MODULES
        if where.startswith(GATE)
    }
    for part in ("present", "past", "resting"):
        assert found[f"{GATE}{part}.py"], part


@pytest.mark.parametrize(
    "planted",
    [
        'connection.execute("SELECT body FROM note")',
        'connection.execute("select body from  note where id = ?", (x,))',
        'connection.execute("SELECT n.body FROM visit v JOIN note n ON n.visit_id = v.id")',
        'connection.execute("SELECT body FROM visit, note")',
        'connection.execute("SELECT tag " + "FROM " + "note_tag")',
        'connection.execute("SELECT tag "\n "FROM note_tag")',
        "connection.execute('SELECT topic FROM \"note_place\"')",
        'connection.execute("SELECT 1 WHERE EXISTS (SELECT 1 FROM note)")',
        'connection.execute(f"SELECT {columns} FROM note_group")',
        'connection.execute(f"SELECT id FROM {table}")',
        'connection.execute("SELECT body FROM revision")',
        'connection.execute("SELECT * FROM revision WHERE id = ?", (x,))',
        'connection.execute(f"SELECT id, {columns}body FROM revision")',
        *(
            f'connection.execute("SELECT * FROM {table}")'
            for table in (
                "note", "note_place", "note_tag", "note_group", "note_conflict", "summary",
                "summary_note", "confirmation", "material", "main.note", "[note]", "`summary` s",
                "main.revision", "visit, summary", "(note)", "visit v CROSS JOIN confirmation c",
                "(SELECT 1), material", "visit/**/, note_tag", "/* all */ note", "visit, revision",
            )
        ),
        'connection.execute("UPDATE visit SET place = n.body FROM note n WHERE n.visit_id = id")',
        'connection.execute("UPDATE visit SET place = (SELECT body FROM summary)")',
        'connection.execute("INSERT INTO person (name) SELECT who FROM confirmation")',
        'connection.execute("WITH x AS (SELECT why FROM note_conflict) SELECT why FROM x")',
        'connection.execute("UPDATE note SET deleted = 0 RETURNING body")',
        'connection.execute("DELETE FROM visit WHERE id = ? RETURNING place")',
        'connection.execute("SELECT 1 WHERE ? IN note_tag")',
        'connection.execute("SELECT id FROM " + table)',
        'connection.execute("SELECT id FROM %s" % table)',
        'connection.execute("SELECT id FROM {}".format(table))',
        'connection.execute(" ".join(["SELECT", "body", "FROM", "note"]))',
        'connection.blobopen("note", "body", 1)',
        "connection.serialize()",
        "from fieldvisit.storage.tables import NoteRow",
        "from fieldvisit.storage import tables",
        "import sqlmodel",
        "from sqlalchemy import text",
        "connection.iterdump()",
        "connection.execute(kind.select())",
        "connection.execute(kind.select([]) + where)",
        # In one place alone: what reads or writes any kind does not read notes.
        ('change.connection.execute("SELECT body FROM note")', WRITER),
        ("from fieldvisit.storage.rows import read", WRITER),
        ("from fieldvisit.storage import rows", "study/view.py"),
        ("import fieldvisit.storage.rows", "actions/undo.py"),
        ("from fieldvisit.storage.kinds import NOTE", QUERIES),
        ("from fieldvisit.storage.kinds import KINDS", QUERIES),
        ("from fieldvisit.storage.kinds import *", QUERIES),
        ("from fieldvisit.storage import kinds", QUERIES),
    ],
)  # fmt: skip
def test_a_planted_read_is_found(planted: str | tuple[str, str]) -> None:
    read, *places = (planted, QUERIES, "storage/ids.py") if isinstance(planted, str) else planted
    for where in places:
        assert violations(f"def read():\n    {read}\n", where), where


@pytest.mark.parametrize(
    "harmless",
    [
        'connection.execute("SELECT id FROM visit")',
        'connection.execute("SELECT change_id, kind, object FROM revision ORDER BY seq")',
        'connection.execute("DELETE FROM visit_group")',
        '_("Nothing was taken from notes of others.")',
        'connection.execute("SELECT note FROM visit")',
        'f"A note from {city}."',
        '"Choose from cities, note that their summary stays."',
        '_("The summary was stored in note form.")',
        'values.get("note")',
        'connection.execute("DELETE FROM visit WHERE id = ?", (x,))',
    ],
)
def test_other_words_are_left_alone(harmless: str) -> None:
    assert violations(harmless, "storage/queries.py") == []
