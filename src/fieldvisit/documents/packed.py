"""Files of Office are zips: ours say nothing of when or where they were written."""

import io
import zipfile
from collections.abc import Callable

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def undated(written: bytes, mended: Callable[[str, bytes], bytes]) -> bytes:
    """Return a file packed anew, each part as ``mended`` returns it by its name and bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as parts, zipfile.ZipFile(made, "w") as out:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            out.writestr(entry, mended(name, parts.read(name)))
    return made.getvalue()
