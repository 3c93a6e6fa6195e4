"""Written files as a browser or an office prints and shows them."""

import re
from html import escape
from pathlib import Path

from programs import fonts, program, run

_CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip


def printed(html: str, room: Path) -> Path:
    """Return the PDF that the browser prints of a page; files go into the new folder ``room``."""
    fonts()
    pdf = room / "printed.pdf"
    _browse(html, room, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    return pdf


def elements(html: str, room: Path) -> str:
    """Return what the browser made of a page, written as HTML again."""
    return _browse(html, room, "--dump-dom")


def width_needed(html: str, room: Path, width: int = 360) -> int:
    """Return how wide a page is, in pixels, where its window is ``width`` pixels wide."""
    frame = f'<iframe style="width: {width}px; border: 0" srcdoc="{escape(html)}"></iframe>'
    measure = (
        "<script>onload = () => document.title ="
        " document.querySelector('iframe').contentDocument.documentElement.scrollWidth</script>"
    )
    found = re.search(r"<title>(\d+)</title>", elements(frame + measure, room))
    assert found
    return int(found[1])


def converted(file: Path, room: Path) -> Path:
    """Return the PDF that LibreOffice makes of a .docx or .xlsx file."""
    fonts()
    profile = (room / "profile").absolute().as_uri()
    run(
        program("soffice"), "--headless", "--norestore", f"-env:UserInstallation={profile}",
        "--convert-to", "pdf", "--outdir", str(room), str(file),
    )  # fmt: skip
    return room / f"{file.stem}.pdf"


def _browse(html: str, room: Path, *wish: str) -> str:
    room.mkdir(exist_ok=True)
    page = room / "page.html"
    page.write_text(html, encoding="utf-8")
    profile = f"--user-data-dir={room / 'browser'}"
    return run(program("chromium"), *_CHROMIUM, profile, *wish, page.absolute().as_uri())
