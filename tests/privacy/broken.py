"""A module of the program broken on purpose, for as long as a test looks at it."""

import ast
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def broken(module: types.ModuleType, source: str | ast.Module) -> Iterator[None]:
    """Let every function and constant of the module be what another source says.

    The code is swapped inside the functions, so that whoever imported them before runs it too.
    """
    fresh: dict[str, Any] = {"__name__": module.__name__, "__builtins__": __builtins__}
    exec(compile(source, str(module.__file__), "exec"), fresh)
    kept = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    own = {
        name: (value, value.__code__, value.__defaults__, value.__kwdefaults__)
        for name, value in kept.items()
        if isinstance(value, types.FunctionType) and value.__module__ == module.__name__
    }
    try:
        for name, value in kept.items():
            if name in own:
                made = fresh[name]
                value.__code__ = made.__code__
                value.__defaults__, value.__kwdefaults__ = made.__defaults__, made.__kwdefaults__
            elif not isinstance(value, type | types.ModuleType | types.FunctionType):
                setattr(module, name, fresh[name])
        yield
    finally:
        for name, value in kept.items():
            if name in own:
                _, value.__code__, value.__defaults__, value.__kwdefaults__ = own[name]
            else:
                setattr(module, name, value)
