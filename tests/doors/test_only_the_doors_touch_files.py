"""No module but the doors opens, reads or writes a file, or standard input."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "fieldvisit"
DOORS = "doors/"
METHODS = {
    "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "touch", "symlink_to",
    "hardlink_to", "link_to", "fdopen", "makedirs", "mkfifo", "mknod", "truncate",
}  # fmt: skip
OF_OS = {"open", "link", "symlink", "replace", "rename", "renames", "unlink", "remove", "write"}
OF_PATHS = {"open", "unlink", "rename", "rmdir", "chmod"}
MODULES = {"tempfile", "fileinput", "mmap", "linecache"}
# What is no file, though it is opened: a part of a zip in memory.
NO_FILES = {("exchange/office.py", "packed.open")}


def violations(code: str, where: str) -> list[str]:
    """Every way past the doors in a module, as `line: what`."""
    if where.startswith(DOORS):
        return []
    found = _found(ast.parse(code))
    return sorted(f"{line}: {what}" for line, what in found if (where, what) not in NO_FILES)


def _found(tree: ast.AST) -> Iterator[tuple[int, str]]:
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    own = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            module, names = node.module or "", {alias.name for alias in node.names}
            if module in MODULES or (module == "os" and names & {*OF_OS, *METHODS}):
                yield node.lineno, module
            if module == "shutil" and names != {"which"}:
                yield node.lineno, module
            if module in {"io", "codecs", "builtins"} and "open" in names:
                yield node.lineno, f"{module}.open"
        elif isinstance(node, ast.Name) and node.id == "open" not in own:
            yield node.lineno, "open"
        elif isinstance(node, ast.Attribute) and (node.attr != "open" or node in called):
            yield from _of_attribute(node)


def _of_attribute(node: ast.Attribute) -> Iterator[tuple[int, str]]:
    whose = ast.unparse(node.value)
    what = f"{whose}.{node.attr}"
    opens = node.attr in METHODS or (whose == "os" and node.attr in OF_OS)
    moves = node.attr in OF_PATHS and whose != "os"
    reads = whose in {"sys.stdin", "sys.stdin.buffer"} and node.attr in {"read", "buffer"}
    copies = whose == "shutil" and node.attr != "which"
    if copies or opens or moves or reads or what in {"os.chmod", "os.rmdir"}:
        yield node.lineno, what


MODULE_NAMES = sorted(
    path.relative_to(SOURCE).as_posix()
    for path in SOURCE.rglob("*.py")
    if "migrations" not in path.parts
)


@pytest.mark.parametrize("where", MODULE_NAMES)
def test_no_other_module_reads_or_writes(where: str) -> None:
    assert violations((SOURCE / where).read_text(encoding="utf-8"), where) == []


def test_the_doors_themselves_would_be_found() -> None:
    for name in ("inputs", "outputs"):
        code = (SOURCE / DOORS / f"{name}.py").read_text(encoding="utf-8")
        assert violations(code, "documents/other.py")


@pytest.mark.parametrize(
    "planted",
    [
        "open('x')", "opened = open", "path.open('wb')", "Path('x').open()", "path.read_text()",
        "path.read_bytes()", "path.write_text('x')", "path.write_bytes(b'x')",
        "write = p.write_bytes",
        "os.open('x', os.O_CREAT)", "os.fdopen(3)", "import tempfile",
        "from tempfile import mkstemp",
        "shutil.move('a', 'b')", "from shutil import copyfile", "from os import open as o",
        "from io import open", "from os import replace", "path.mkdir()", "os.makedirs('x')",
        "path.unlink()", "os.unlink('x')", "os.replace('a', 'b')", "path.rename('b')",
        "path.symlink_to('b')", "path.hardlink_to('b')", "os.link('a', 'b')", "path.touch()",
        "path.chmod(0o644)", "sys.stdin.buffer.read()", "sys.stdin.read()", "codecs.open('x')",
        "io.open('x')",
    ],
)  # fmt: skip
def test_a_planted_way_past_the_doors_is_found(planted: str) -> None:
    for where in ("documents/formats/csv.py", "cli/note.py", "storage/creation.py"):
        assert violations(f"def write(path):\n    {planted}\n", where), where


@pytest.mark.parametrize(
    "harmless",
    ["text.replace('a', 'b')", "sys.stdout.write('x')", "sys.stdin.readline()", "path.exists()",
     "replace(note, body='x')", "found.opened", "click.edit(filename='x')"],
)  # fmt: skip
def test_other_calls_are_left_alone(harmless: str) -> None:
    assert violations(harmless, "cli/note.py") == []
