"""What a person types. The only folder that knows typer and rich, and what may reach a terminal."""

import gc
import sys
from collections.abc import Sequence

# Modules and declarations last as long as the process: looking through them for garbage every
# 700 objects, and once more at the end, costs a tenth of a short run.
_OBJECTS = 100_000


def main(words: Sequence[str] | None = None) -> None:
    """Run the program with the words of the command line and leave with its exit code."""
    gc.set_threshold(_OBJECTS)
    from fieldvisit.cli.running import run

    code = run(list(sys.argv[1:] if words is None else words))
    gc.freeze()
    raise SystemExit(code)
