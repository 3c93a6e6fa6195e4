"""The program's own name, as a shell has to read it in a command that is suggested."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

_NAME = "fieldvisit"


def own_name() -> str:
    """Return `fieldvisit` where a shell finds this very program by that name, else its path."""
    ending = ".exe" if os.name == "nt" else ""
    script = Path(sys.executable).with_name(_NAME + ending)
    found = shutil.which(_NAME)
    if found and (not script.exists() or script.samefile(found)):
        return _NAME
    if script.exists():
        return quoted(script)
    return f"{quoted(sys.executable)} -m {_NAME}"


def runnable(text: str) -> str:
    """Return a text with the commands in it as a shell has to read them here."""
    commands = rf"(?<![\w/.-]){_NAME}(?= (?:--[a-z]|[a-z]))"
    return re.sub(commands, lambda _found: own_name(), text, flags=re.ASCII)


def quoted(path: str | Path) -> str:
    """Return a path as one word of a shell."""
    if os.name == "nt":
        return subprocess.list2cmdline([str(path)])
    import shlex

    return shlex.quote(str(path))
