"""The ways in which dates and times are written, as patterns over a plain form of the text."""

import re
import unicodedata

from fieldvisit.eras import ERAS

WEEKDAYS = {
    "ja": ("月", "火", "水", "木", "金", "土", "日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ERA = "|".join([*(era.name for era in ERAS), *(era.letter for era in ERAS)])
_FOUR_DIGITS = r"(?P<year>[1-9][0-9]{3})"
_YEAR = rf"(?:(?P<era>{_ERA})(?P<number>元|[0-9]{{1,2}})|{_FOUR_DIGITS})"
_MONTH = r"(?P<month>[0-9]{1,2})"
_DAY = r"(?P<day>[0-9]{1,2})"
_SIGN = r"(?P<sign>[-/.])"
_ENGLISH_DAY = (
    r"MON(?:DAY)?|TUE(?:SDAY)?|WED(?:NESDAY)?|THU(?:RSDAY)?|FRI(?:DAY)?|SAT(?:URDAY)?|SUN(?:DAY)?"
)
_ENGLISH_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?".upper() for name in MONTHS)
_WEEKDAY = (
    rf"(?:\((?P<weekday>[月火水木金土日](?:曜日?)?|{_ENGLISH_DAY})(?:・?[祝休])?\)"
    r"|(?P<bare_weekday>[月火水木金土日])曜日?)?"
)

DAYS = (
    rf"{_YEAR}{_SIGN}{_MONTH}(?P=sign){_DAY}{_WEEKDAY}",
    rf"{_YEAR}年{_MONTH}月{_DAY}日{_WEEKDAY}",
    rf"(?:(?P<weekday>{_ENGLISH_DAY}),?)?{_DAY}(?P<month_name>{_ENGLISH_MONTH}){_FOUR_DIGITS}",
)
LONGER = (
    rf"{_YEAR}{_SIGN}{_MONTH}",
    rf"{_YEAR}年{_MONTH}月",
    rf"{_YEAR}年(?P<fiscal>度)?",
    rf"(?P<fiscal>FY){_FOUR_DIGITS}",
    _FOUR_DIGITS,
)
WITHOUT_YEAR = (rf"{_MONTH}/{_DAY}{_WEEKDAY}", rf"{_MONTH}月{_DAY}日{_WEEKDAY}")
UNCLEAR = (r"[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{2}|[0-9]{4})",)
CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})",
    r"(?P<half>午前|午後)?(?P<hour>[0-9]{1,2})時(?:(?P<minute>[0-9]{1,2})分|(?P<thirty>半))?",
)

_LOOKALIKES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-") | dict.fromkeys("〜∼", "~"))


def plain(typed: str) -> str:
    """Return ``typed`` half-width, upper-case, with one dash and one tilde.

    Of its blanks only those between two digits stay, so that `2 019` is not taken for a year.
    """
    # Superscripts and circled numbers (category No) are no digits, though NFKC makes them so.
    folded = "".join(
        c if unicodedata.category(c) == "No" else unicodedata.normalize("NFKC", c) for c in typed
    )
    spaced = " ".join(folded.translate(_LOOKALIKES).upper().split())
    return re.sub("(?<![0-9]) | (?![0-9])", "", spaced)


def parts(typed: str, forms: tuple[str, ...]) -> dict[str, str] | None:
    """Return the named parts of the first form that the whole text has, None if it has none.

    A part that is not there is empty.
    """
    text = plain(typed)
    found = (re.fullmatch(form, text) for form in forms)
    return next((match.groupdict("") for match in found if match), None)
