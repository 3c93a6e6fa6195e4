"""No module but the gate selects from the notes or from what once stood in them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "fieldvisit"
GATE = "storage/gate/"
SCHEMA = "storage/tables/"
WRITERS = {"storage/records.py", "storage/heads.py"}
NOTES = r"[\"'`\[]?(note(_place|_tag|_group|_conflict)?|summary(_note)?|confirmation|material)\b"
READS_NOTES = re.compile(rf"\b(from|join)\s+{NOTES}|\bfrom\b[^()]*,\s*{NOTES}", re.IGNORECASE)
READS_REVISIONS = re.compile(r"\b(from|join)\s+[\"'`\[]?revision\b", re.IGNORECASE)
HOLDS_BODIES = re.compile(r"\bbody\b|\bsalt\b|\*", re.IGNORECASE)
READS_ANY_TABLE = re.compile(r"\b(from|join)\s+\{", re.IGNORECASE)
ROWS = {
    "NoteRow", "NotePlaceRow", "NoteTagRow", "NoteGroupRow", "RevisionRow", "SummaryRow",
    "SummaryNoteRow", "ConfirmationRow", "NoteConflictRow", "MaterialRow",
}  # fmt: skip
ORM = {"select", "text", "exists", "aliased", "union"}
ORM_CALLS = {"query", "scalars", "scalar", "exec", "get_one", "iterdump"}


def violations(code: str, where: str) -> list[str]:
    """Every read of notes in a module, as `line: what`; ``where`` is its path under the source."""
    if where.startswith((GATE, SCHEMA)):
        return []
    tree = ast.parse(code)
    return sorted(f"{line}: {what}" for line, what in (*_sql(tree), *_orm(tree, where)))


def _sql(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        sql = _literal(node)
        if READS_NOTES.search(sql):
            yield _line(node), "selects from the notes"
        elif READS_REVISIONS.search(sql) and HOLDS_BODIES.search(sql):
            yield _line(node), "selects bodies of revisions"
        elif READS_ANY_TABLE.search(sql) and "select" in sql.lower():
            yield _line(node), "selects from a table that is named elsewhere"


def _literal(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_literal(part) or "{" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _literal(node.left) + _literal(node.right)
    return ""


def _orm(tree: ast.AST, where: str) -> Iterator[tuple[int, str]]:
    in_storage = where.startswith("storage/")
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            if (node.module or "").split(".")[0] in {"sqlalchemy", "sqlmodel"} and names & ORM:
                yield node.lineno, "imports what reads through the ORM"
            if names & ROWS and where not in WRITERS:
                yield node.lineno, "imports the rows of notes"
        elif isinstance(node, ast.Attribute):
            if node.attr in ROWS and where not in WRITERS:
                yield node.lineno, "names the rows of notes"
            if in_storage and node.attr in ORM_CALLS:
                yield node.lineno, "reads through the ORM"


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
    reads = ("notes", "revisions", "materials", "summaries", "confirmations", "conflicts")
    for subject in reads:
        assert found[f"{GATE}of_{subject}.py"], subject


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
        "from sqlmodel import select",
        "from sqlalchemy import text",
        "from fieldvisit.storage.tables import NoteRow",
        "tables.NoteTagRow",
        "session.get(tables.RevisionRow, 1)",
        "session.query(x)",
        "session.exec(x)",
        "connection.iterdump()",
    ],
)
def test_a_planted_read_is_found(planted: str) -> None:
    for where in ("storage/queries.py", "storage/search.py"):
        assert len(violations(f"def read():\n    {planted}\n", where)) >= 1, where


@pytest.mark.parametrize(
    "harmless",
    [
        'connection.execute("SELECT id FROM visit")',
        'connection.execute("SELECT change_id, kind, object FROM revision ORDER BY seq")',
        'connection.execute("DELETE FROM visit_group")',
        '_("Nothing was taken from notes of others.")',
        'connection.execute("SELECT note FROM visit")',
        'f"A note from {city}."',
    ],
)
def test_other_words_are_left_alone(harmless: str) -> None:
    assert violations(harmless, "storage/queries.py") == []
