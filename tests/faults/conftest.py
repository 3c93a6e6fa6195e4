"""The shim is compiled once; each worker keeps one warm process for its trials."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.rig import HERE, Warm, warm

IN_MEMORY = Path("/dev/shm")  # a folder of our own is made in it


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes calls fail."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("killing processes and filling disks needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    words = ["-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "shim.c"), "-ldl"]
    subprocess.run([compiler, *words], check=True)
    return library


@pytest.fixture(scope="session")
def faulty(shim: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The program, loaded, with faults at hand."""
    with warm(tmp_path_factory.mktemp("home"), shim) as process:
        yield process


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """A folder, in memory if the system has such: what dies is a process, the disk goes on."""
    where = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else tmp_path
    with tempfile.TemporaryDirectory(prefix="fieldvisit-", dir=where) as folder:
        yield Path(folder)
