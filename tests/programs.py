"""What a machine may lack: programs that print or show a file, and fonts. A test is then skipped.

`conftest.py` says so aloud, and makes it a failure in CI.
"""

import os
import shutil
import signal
import subprocess
from functools import cache

import pytest

_SECONDS = 180  # a machine under load takes its time; what hangs is ended
_PACKAGES = {
    "chromium": "chromium",
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdffonts": "poppler-utils",
    "fc-list": "fontconfig",
}
_FONTS = {"𠮷": "fonts-noto-cjk", "🏥": "fonts-noto-color-emoji"}


def program(name: str) -> str:
    """Return where a program is; without it the test is skipped."""
    if found := shutil.which(name):
        return found
    pytest.skip(f"{name} is not installed (Debian: {_PACKAGES[name]})")


@cache
def without_font() -> str:
    """Return why a printed page would show boxes in the place of signs, empty if it would not."""
    for sign, package in _FONTS.items():
        if not run(program("fc-list"), f":charset={ord(sign):x}"):
            return f"no font has {sign} (Debian: {package})"
    return ""


def fonts() -> None:
    """Skip the test where a sheet cannot be printed as it is meant, for want of a font."""
    if reason := without_font():
        pytest.skip(reason)


def run(*command: str) -> str:
    return run_raw(*command).decode("utf-8")


def run_raw(*command: str) -> bytes:
    """Return what a program wrote; one that hangs is ended with all that it started."""
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        out, err = running.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        raise
    assert running.returncode == 0, err.decode(errors="replace")
    return out
