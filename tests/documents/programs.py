"""Programs that print or show a file; without one a test is skipped, and fails in CI."""

import os
import shutil
import signal
import subprocess

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


def program(name: str) -> str:
    """Return where a program is; without it the test is skipped, and fails in CI."""
    if found := shutil.which(name):
        return found
    reason = f"{name} is not installed (Debian: {_PACKAGES[name]})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
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
