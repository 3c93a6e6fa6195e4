"""A process that has the program loaded and forks a child for each run.

Preloaded with `shim.c` it can arm a fault in the child. Reads a job as a line of JSON on
standard input and answers with one: how the child ended, what it printed, how many changes of
files it made under the watched folder.
"""

import ctypes
import gc
import io
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from fieldvisit.actions import make_study, set_marks, undo, write_note
from fieldvisit.actions.recording import record, store_record
from fieldvisit.cli import running
from fieldvisit.doors.outputs import write_whole
from fieldvisit.storage import creation

Job = dict[str, Any]
LOADED = (make_study, record, set_marks, store_record, undo, write_note, creation)
CRASHED = 99


class Keyboard(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def main() -> None:
    gc.freeze()  # a child that collects would copy every page
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_done(json.loads(line))) + "\n")
        sys.stdout.flush()


def _done(job: Job) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        reads, reports = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            _act(job, reports)
        os.close(reports)
        with os.fdopen(reads, "rb") as pipe:
            count = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = [file.seek(0) or file.read().decode() for file in (out, err)]
    return {"code": status, "out": texts[0], "err": texts[1], "changes": int(count or 0)}


def _act(job: Job, reports: int) -> None:
    code = CRASHED
    try:
        code = _run(job)
        os.write(reports, str(_shim().fault_count() if job["watched"] else 0).encode())
    except BaseException:  # noqa: BLE001 - it must end here, and be seen
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _run(job: Job) -> int:
    os.environ.update(job["environment"])
    stream = Keyboard if job["keyboard"] else io.TextIOWrapper
    sys.stdin = stream(open("/dev/null", "rb"))  # noqa: SIM115, PTH123 - it lasts as long as we
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb"), encoding="utf-8")
    sys.stderr = stream(os.fdopen(2, "wb"), encoding="utf-8")
    if job["watched"]:
        _shim().fault_arm(os.fsencode(job["watched"]), job["at"], job["how"], job["error"])
    if job["words"][0] == "write-whole":
        return _write_whole(Path(job["words"][1]), int(job["words"][2]))
    code = running.run(job["words"])
    sys.stderr.flush()
    return code


def _write_whole(path: Path, size: int) -> int:
    try:
        write_whole(path, b"new" * size)
    except OSError as error:
        os.write(2, str(error).encode())
        return 1
    return 0


def _shim() -> ctypes.CDLL:
    shim = ctypes.CDLL(None)
    shim.fault_arm.argtypes = [ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int]
    shim.fault_count.restype = ctypes.c_long
    return shim


if __name__ == "__main__":
    main()
