"""A process that has the program loaded and runs commands, preloaded with `shim.c`.

It runs a command itself, so that what the command loads and compiles is there for the next; a
command that is to be killed gets a child. Reads a job as a line of JSON on standard input and
answers with one: how it ended, what it printed, how many changes of files it made.
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

from fieldvisit.actions.write_note import add_note, edit_note
from fieldvisit.cli import running
from fieldvisit.doors.outputs import write_whole
from fieldvisit.settings import Settings
from fieldvisit.storage import connection
from fieldvisit.study.fields import NoteFields

Job = dict[str, Any]
CRASHED = 99


class Keyboard(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def main() -> None:
    shim = ctypes.CDLL(None)
    shim.fault_arm.argtypes = [ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int]
    shim.fault_count.restype = ctypes.c_long
    jobs, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        for line in jobs:
            for file in (out, err):
                file.seek(0)
                file.truncate()
            job = json.loads(line)
            code = _in_a_child(shim, job) if job["dies"] else _act(shim, job)
            texts = [file.seek(0) or file.read().decode() for file in (out, err)]
            answer = {"code": code, "out": texts[0], "err": texts[1], "changes": shim.fault_count()}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


def _in_a_child(shim: ctypes.CDLL, job: Job) -> int:
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os._exit(_act(shim, job))


def _act(shim: ctypes.CDLL, job: Job) -> int:
    shim.fault_arm(os.fsencode(job["watched"]), job["at"], job["how"], job["error"])
    try:
        return _run(job)
    except BaseException:  # noqa: BLE001 - it must end here, and be seen
        os.write(2, traceback.format_exc().encode())
        return CRASHED
    finally:
        shim.fault_disarm()
        gc.collect()
        gc.freeze()  # what stays is looked at no more: in a child that would copy every page


def _run(job: Job) -> int:
    os.environ["EDITOR"] = job["editor"]
    stream = Keyboard if job["editor"] else io.TextIOWrapper
    sys.stdin = stream(open("/dev/null", "rb"))  # noqa: SIM115, PTH123 - it lasts as long as we
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8")
    sys.stderr = stream(os.fdopen(2, "wb", closefd=False), encoding="utf-8")
    match job["words"]:
        case ["write-whole", path, size]:
            code = _write_whole(Path(path), int(size))
        case ["write-together", folder, writers, each]:
            code = _write_together(folder, int(writers), int(each))
        case words:
            code = running.run(words)
    sys.stderr.flush()
    return code


def _write_whole(path: Path, size: int) -> int:
    try:
        write_whole(path, b"new" * size)
    except OSError as error:
        os.write(2, str(error).encode())
        return 1
    return 0


def _write_together(folder: str, writers: int, each: int) -> int:
    """Write and correct notes in many children, who begin when the last one is there."""
    waits, starts = os.pipe()
    children = []
    for number in range(writers):
        children.append(os.fork())
        if children[-1] == 0:
            os.close(starts)
            os.read(waits, 1)
            os._exit(_write_notes(Settings(Path(folder), folder, f"w{number}"), each))
    os.close(starts)
    os.close(waits)
    return max(os.waitpid(child, 0)[1] for child in children)


def _write_notes(given: Settings, each: int) -> int:
    connection.WAIT_SECONDS = 600  # a machine may be busy; nobody is turned away for another's sake
    try:
        for number in range(each):
            text = f"{given.by}-{number}"
            note = add_note(given, "chiba-1", text, NoteFields(place="hiring"))
            edit_note(given, note.handle, f"{text}!", NoteFields())
            os.write(1, f"{note.handle}\n".encode())
    except BaseException:  # noqa: BLE001 - it must end here, and be seen
        os.write(2, traceback.format_exc().encode())
        return CRASHED
    return 0


if __name__ == "__main__":
    main()
