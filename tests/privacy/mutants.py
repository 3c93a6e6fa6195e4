"""Every small way to break a module, one at a time."""

import ast
import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any

from msgspec import Struct

_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
}  # fmt: skip
_SWAPPED = {"max": "min", "min": "max", "any": "all", "all": "any"}
_CONDITION = re.compile(
    r"(?P<before>\b(?:WHERE|AND|OR|ON)\s+|^)(?P<condition>[a-z]\w*(?:\.\w+)?\s*(?:<=|>=|=|IS|IN)\s*"
    r"(?:NULL|:\w+|\?|'[^']*'|\w+\.\w+|\w+|\([^()]*\)))"
)
_LONG = 100
_ORDER = re.compile(r"\s+ORDER BY\s+.*$", re.DOTALL)


class Mutant(Struct, frozen=True):
    """A module with one change; ``name`` says where and what, and outlives other edits."""

    name: str
    whole: ast.Module
    place: int
    changed: ast.AST

    def tree(self) -> ast.Module:
        """The module as changed."""
        fresh = copy.deepcopy(self.whole)
        (old, _function) = list(_walked(fresh))[self.place]
        _Swap(old, self.changed).visit(fresh)
        return ast.fix_missing_locations(fresh)


def mutants(source: str, module: str) -> Iterator[Mutant]:
    """Yield every mutant of a module of that name."""
    whole = ast.parse(source)
    met: Counter[str] = Counter()
    for place, (node, function) in enumerate(_walked(whole)):
        for what, changed in _changes(node):
            name = f"{module}.{function}: {what}"
            met[name] += 1
            number = f" ({met[name]})" if met[name] > 1 else ""
            yield Mutant(name + number, whole, place, changed)


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _walked(node: ast.AST, function: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Yield what runs, each with the function in which it stands: no annotation, no docstring."""
    if isinstance(node, ast.FunctionDef):
        function = node.name
    for field, value in ast.iter_fields(node):
        below = value if isinstance(value, list) else [value]
        for child in below:
            if not isinstance(child, ast.AST) or field in {"annotation", "returns", "op", "ops"}:
                continue
            if isinstance(child, ast.Import | ast.ImportFrom) or _is_docstring(child):
                continue
            if isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) == "__all__":
                continue
            yield child, function
            yield from _walked(child, function)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for kind, change in _CHANGES.items():
        if isinstance(node, kind):
            for changed in change(node):
                yield _difference(_text(node), _text(changed)), changed


def _difference(before: str, after: str) -> str:
    """Both, without the words that a long text and what became of it begin and end with."""
    old, new = before.split(), after.split()
    if len(before) < _LONG:
        return f"{before} -> {after}"
    alike = _alike(old, new)
    old, new = old[alike:], new[alike:]
    ending = _alike(old[::-1], new[::-1])
    old, new = old[: len(old) - ending], new[: len(new) - ending]
    return f"… {' '.join(old)} … -> … {' '.join(new)} …"


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {_text(node.test)}"
    return " ".join(ast.unparse(node).split())


def _alike(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    yield ast.Compare(node.left, [_OPPOSITES[type(node.ops[0])]()], node.comparators)


def _joined(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for number in range(len(node.values)):
        left = node.values[:number] + node.values[number + 1 :]
        yield left[0] if len(left) == 1 else ast.BoolOp(node.op, left)


def _denied(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _guarded(node: ast.If) -> Iterator[ast.AST]:
    for always in (True, False):
        yield ast.If(ast.Constant(always), node.body, node.orelse)


def _filtered(node: ast.comprehension) -> Iterator[ast.AST]:
    for number in range(len(node.ifs)):
        ifs = node.ifs[:number] + node.ifs[number + 1 :]
        yield ast.comprehension(node.target, node.iter, ifs, node.is_async)


def _fixed(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield from (ast.Constant(text) for text in _other_words(value))


def _other_words(text: str) -> Iterator[str]:
    found = list(_CONDITION.finditer(text))
    for match in found:
        for instead in ("1", f"NOT ({match['condition']})"):
            yield text[: match.start()] + match["before"] + instead + text[match.end() :]
    for join in re.finditer("LEFT JOIN", text):
        yield text[: join.start()] + text[join.start() + len("LEFT ") :]
    if _ORDER.search(text):
        yield _ORDER.sub("", text)
    elif not found:
        yield "" if text else "x"


def _called(node: ast.Call) -> Iterator[ast.AST]:
    for number in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, node.keywords[:number] + node.keywords[number + 1 :])
    if isinstance(node.func, ast.Name) and node.func.id in _SWAPPED:
        yield ast.Call(ast.Name(_SWAPPED[node.func.id], ast.Load()), node.args, node.keywords)


def _listed(node: ast.Set | ast.Tuple) -> Iterator[ast.AST]:
    if node.elts and all(isinstance(one, ast.Constant) for one in node.elts):
        for number in range(len(node.elts)):
            left = node.elts[:number] + node.elts[number + 1 :]
            text = ast.unparse(type(node)(left)) if left else "()"
            yield ast.parse(text, mode="eval").body


def _added(node: ast.BinOp) -> Iterator[ast.AST]:
    yield node.left
    yield node.right


def _returned(node: ast.Return) -> Iterator[ast.AST]:
    if node.value and ast.unparse(node.value) != "None":
        yield ast.Return(ast.Constant(None))


_CHANGES: dict[type | tuple[type, ...], Callable[[Any], Iterator[ast.AST]]] = {
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.UnaryOp: _denied,
    ast.If: _guarded,
    ast.IfExp: lambda node: iter((node.body, node.orelse)),
    ast.comprehension: _filtered,
    ast.Constant: _fixed,
    ast.Call: _called,
    (ast.Set, ast.Tuple): _listed,
    ast.BinOp: _added,
    ast.Return: _returned,
    (ast.AugAssign, ast.Continue): lambda _node: iter((ast.Pass(),)),
    ast.Expr: lambda _node: iter((ast.Pass(),)),
}
