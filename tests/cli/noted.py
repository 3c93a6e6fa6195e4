"""Notes that were added on the command line, as `note show` gives them."""

import re
from typing import Any

from cli.harness import Run


def added(run: Run, *words: str, stdin: str = "") -> dict[str, Any]:
    result = run("note", "add", *words, stdin=stdin)
    assert result.code == 0, result.err
    assert re.fullmatch(r"[a-z2-7]{10}\n", result.out)
    return shown(run, result.out.strip())


def shown(run: Run, handle: str) -> dict[str, Any]:
    found: dict[str, Any] = run("note", "show", handle, "--audience", "all", "--json").json["note"]
    return found
