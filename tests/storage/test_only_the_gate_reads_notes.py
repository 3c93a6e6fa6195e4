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
ROWS = {
    "NoteRow", "NotePlaceRow", "NoteTagRow", "NoteGroupRow", "RevisionRow", "SummaryRow",
    "SummaryNoteRow", "ConfirmationRow", "NoteConflictRow", "MaterialRow",
}  # fmt: skip
ORM = {"select", "text", "exists", "aliased", "union"}
ORM_CALLS = {
    "query", "scalars", "scalar", "exec", "get_one", "refresh", "returning", "iterdump", "blobopen",
    "serialize",
}  # fmt: skip


def violations(code: str, where: str) -> list[str]:
    """Every read of notes in a module, as `line: what`; ``where`` is its path under the source."""
    if where.startswith((GATE, SCHEMA)):
        return []
    tree = ast.parse(code)
    return sorted(f"{line}: {what}" for line, what in (*_sql(tree), *_orm(tree, where)))


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
            whose = getattr(node.value, "attr", getattr(node.value, "id", ""))
            if in_storage and (node.attr in ORM_CALLS or (whose, node.attr) == ("session", "get")):
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
        *(
            f'connection.execute("SELECT * FROM {table}")'
            for table in (
                "note",
                "note_place",
                "note_tag",
                "note_group",
                "note_conflict",
                "summary",
                "summary_note",
                "confirmation",
                "material",
                "main.note",
                "[note]",
                "`summary` s",
                "main.revision",
                "visit, summary",
                "(note)",
                "visit v CROSS JOIN confirmation c",
                "(SELECT 1), material",
                "visit/**/, note_tag",
                "/* all */ note",
                "visit, revision",
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
        "from fieldvisit.storage.tables import SummaryRow, ConfirmationRow",
        "tables.NoteConflictRow",
        "session.refresh(row)",
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
    "planted",
    [
        "ledger.session.get(tables.NoteRow, 1)",
        "ledger.session.execute(update(tables.NoteRow).returning(tables.NoteRow.body))",
        "ledger.session.refresh(row)",
        'ledger.connection.execute("SELECT body FROM note")',
    ],
)
def test_whoever_writes_the_rows_may_not_read_them(planted: str) -> None:
    for where in sorted(WRITERS):
        assert violations(f"def read():\n    {planted}\n", where), where


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
