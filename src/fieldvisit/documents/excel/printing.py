"""How a sheet prints."""

from typing import TYPE_CHECKING

from fieldvisit.harmless import one_line

if TYPE_CHECKING:
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9
_LONGEST_HEAD = 120  # characters; Excel takes 255 with all signs
_BESIDE, _ABOVE, _TO_THE_EDGE = 0.4, 0.7, 0.3  # inches


def set_up_printing(sheet: "Worksheet", title: str, *, landscape: bool) -> None:
    """Have a sheet print on A4, one page wide, with the title above and the page number below."""
    from openpyxl.worksheet.properties import PageSetupProperties

    setup, margins = sheet.page_setup, sheet.page_margins
    setup.orientation = "landscape" if landscape else "portrait"
    setup.paperSize = _A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins.left = margins.right = _BESIDE
    margins.top = margins.bottom = _ABOVE
    margins.header = margins.footer = _TO_THE_EDGE
    _write(sheet.oddHeader, one_line(title)[:_LONGEST_HEAD].replace("&", "&&"))
    _write(sheet.oddFooter, "&P / &N")


def _write(margin: "HeaderFooterItem | None", text: str) -> None:
    if margin is not None and margin.center is not None:
        margin.center.text = text or None
