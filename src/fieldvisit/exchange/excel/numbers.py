"""Numbers as a person sees them in a cell: 12 rather than 12.0, 50%, 012025, 2019-11-08."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"
# What the format's numbers stand for in Japan; the others are General.
KNOWN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "yyyy-mmm", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy/m/d"),
    **dict.fromkeys((32, 34), "h:mm"), **dict.fromkeys((33, 35), "h:mm:ss"),
    **dict.fromkeys((55, 56), "yyyy/m/d"),
}  # fmt: skip

_PIECE = re.compile(
    r"""(?P<literal>"[^"]*"|\\.) | (?P<blank>[_*].) | \[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]
    | (?P<bracket>\[[^\]]*\]) | (?P<digits>[0\#?][0\#?,.]*) | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=]")
_SECTIONS = re.compile(r"""((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)""", re.DOTALL)

_LARGEST = Decimal(10) ** 21
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60
_LAST_DAY = 2_958_465  # 9999-12-31
_NO_LEAP_DAY = 60  # Excel counts the 29 February 1900, which never was


def seen(value: str, code: str, *, since_1904: bool = False) -> str:
    """Return what a person sees of a number as it stands in the file, by the format's ``code``."""
    try:
        number = float(value)
        decimal = Decimal(f"{number:.15g}")
    except ValueError:
        return value
    if not decimal.is_finite():
        return value
    signs = _signs(code)
    if re.search("[ymdhs]", signs) or _ELAPSED.search(code):
        return _moment(number, code, signs, since_1904=since_1904) or _general(decimal)
    return _formatted(decimal, code)


def _signs(code: str) -> str:
    """Return what acts in the first section of a code."""
    first = next(_sections(code), "")
    if first.casefold() == GENERAL.casefold():
        return ""
    return "".join(found["other"] or "" for found in _PIECE.finditer(first)).casefold()


def _sections(code: str) -> Iterator[str]:
    return (found[1] for found in _SECTIONS.finditer(code))


def _general(number: Decimal) -> str:
    if abs(number) >= _LARGEST:
        return str(number)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _moment(number: float, code: str, signs: str, *, since_1904: bool) -> str:
    """Return a date, a time or both, empty where there is no such day."""
    days, seconds = divmod(round(number * _DAY), _DAY)
    clock = f"{seconds // _HOUR:02}:{seconds // _MINUTE % 60:02}"
    if "s" in signs or seconds % 60:
        clock += f":{seconds % 60:02}"
    if _ELAPSED.search(code):
        hours = days * 24 + seconds // _HOUR
        return f"{hours}{clock[2:]}"
    has_time = bool(re.search("[hs]", signs))
    has_date = bool(re.search("[ydeg]", signs)) or not has_time
    day = _day(days, signs, since_1904=since_1904) if has_date and number >= 0 else ""
    if has_date and not day:
        return ""
    return " ".join(part for part in (day, clock if has_time else "") if part)


def _day(days: int, signs: str, *, since_1904: bool) -> str:
    if not since_1904 and days == _NO_LEAP_DAY:
        return "1900-02-29"
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    if not since_1904 and days < _NO_LEAP_DAY:
        first = date(1899, 12, 31)
    if days > _LAST_DAY or (days == 0 and not since_1904):
        return ""
    try:
        day = (first + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""
    year_alone, month_alone = "y" in signs and "m" not in signs, "d" not in signs
    if "y" not in signs or not month_alone or "h" in signs:
        return day
    return day[:4] if year_alone else day[:7]


def _formatted(number: Decimal, code: str) -> str:
    sections = list(_sections(code))
    section, size = sections[0] if sections else "", number
    if number < 0 and len(sections) > 2:  # noqa: PLR2004 - the last one is the empty end
        section, size = sections[1], -number
    if _CONDITION.search(code):
        return _general(number)
    pieces = list(_PIECE.finditer(section))
    digits = [found["digits"] for found in pieces if found["digits"]]
    others = "".join(found["other"] or "" for found in pieces)
    if len(digits) != 1 or re.search(r"[a-z/@]", others, re.IGNORECASE) or digits[0].endswith(","):
        return _general(number)
    scaled = size * 100 if "%" in others else size
    shown = _digits(abs(scaled), digits[0])
    return ("-" if scaled < 0 and shown.strip("0.,") else "") + "".join(
        _shown(found, shown) for found in pieces
    ).strip()


def _shown(found: re.Match[str], digits: str) -> str:
    if found["digits"]:
        return digits
    if found["literal"]:
        return found["literal"].strip('"') if found["literal"][0] == '"' else found["literal"][1:]
    return found["money"] or found["other"] or ""


def _digits(number: Decimal, form: str) -> str:
    before, _point, after = form.partition(".")
    places = len(after)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _point, fraction = f"{rounded:f}".partition(".")
    whole = whole.zfill(before.count("0"))
    if "," in before:
        whole = f"{int(whole):,}"
    wanted = len(after.rstrip("#?"))
    while len(fraction) > wanted and fraction.endswith("0"):
        fraction = fraction[:-1]
    return f"{whole}.{fraction}" if fraction else whole
