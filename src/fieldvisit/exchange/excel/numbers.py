"""Numbers as a person sees them in a cell: 12 rather than 12.0, 50%, 012025, 2019-11-08."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from fieldvisit.dates import era_on

GENERAL = "General"
# What the format's numbers stand for in Japan; the others are General.
KNOWN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    30: "m/d/yy", 31: "yyyy年m月d日", 32: "h時mm分", 33: "h時mm分ss秒", 46: "[h]:mm:ss",
    **dict.fromkeys((37, 38), "#,##0"), **dict.fromkeys((39, 40), "#,##0.00"),
    **dict.fromkeys((27, 36, 50, 57), "ge.m.d"), **dict.fromkeys((34, 52, 55), "yyyy年m月"),
    **dict.fromkeys((28, 29, 51, 54, 58), "ggge年m月d日"), **dict.fromkeys((45, 47), "mm:ss"),
    **dict.fromkeys((35, 53, 56), "m月d日"), **dict.fromkeys((18, 19), "h:mm AM/PM"),
}  # fmt: skip

_PIECE = re.compile(
    r"""(?P<literal>"[^"]*"|\\.) | (?P<blank>[_*].) | \[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]
    | (?P<bracket>\[[^\]]*\]) | (?P<digits>[0\#?][0\#?,.]*) | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=]")
_SECTIONS = re.compile(r"""((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)""", re.DOTALL)

# What the formats of dates and times show that are read as they are shown; of any other nobody
# would know whether a year or a day in it was written. ``n`` are minutes.
_SHAPES = {
    "yyyy年m月d日": "{y}年{m}月{d}日", "yyyy年m月": "{y}年{m}月", "m月d日": "{m}月{d}日",
    "ggge年m月d日": "{era}年{m}月{d}日", "ggge年m月": "{era}年{m}月", "m/d": "{m}/{d}",
    "h:m": "{h}:{n:02}", "h:m:s": "{h}:{n:02}:{s:02}", "[h]:m": "{all_h}:{n:02}",
    "[h]:m:s": "{all_h}:{n:02}:{s:02}", "h時m分": "{h}時{n:02}分", "yyyy": "{y}",
}  # fmt: skip
# A whole date in digits is told as ISO: whether 11/08 is a day of August depends on the reader.
_IN_DIGITS = re.compile(r"(?:y{2,4}|m{1,4}|d)(?:[-/. ,]+(?:y{2,4}|m{1,4}|d)){2}(?P<time> h:m)?")
_NO_SIGN = re.compile(r"""\[(?!h+\])[^\]]*\]|["\\]""")  # locale and colour, what marks a literal
_SINGLE = re.compile(r"(?<![mdhs])(?:mm|dd|hh|ss)(?![mdhs])")

_LARGEST = Decimal(10) ** 21
_LONGEST_CODE = 255  # characters; Excel takes no more, and hours would go into what is made up
_MOST_DIGITS = 28  # more of them are no longer exact
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60
_LAST_DAY = 2_958_465  # 9999-12-31
_NO_LEAP_DAY = 60  # Excel counts the 29 February 1900, which never was
_FROM_1900_TO_1904 = 1_462


def seen(value: str, code: str, *, since_1904: bool = False) -> tuple[str, str]:
    """Return what a person sees of a number in the file, by the format's ``code``.

    The look of one that is not told as it is shown is `format`.
    """
    try:
        number = float(value)
        decimal = Decimal(f"{number:.15g}")
    except ValueError:
        return value, ""
    if not decimal.is_finite():
        return value, ""
    code = code if len(code) <= _LONGEST_CODE else GENERAL
    sections = _SECTIONS.findall(code) or [""]
    signs = "" if sections[0].casefold() == GENERAL.casefold() else _acting(sections[0]).casefold()
    if re.search("[ymdhs]|g+e", signs) or _ELAPSED.search(code):
        first = _FROM_1900_TO_1904 if since_1904 else 0
        shown, look = _moment(number, sections[0], first)
        return shown or _general(decimal), look
    return _formatted(decimal, code, sections) or _general(decimal), ""


def _acting(section: str) -> str:
    """Return the signs of a section that act, rather than stand for themselves or for digits."""
    return "".join(found["other"] or "" for found in _PIECE.finditer(section))


def _general(number: Decimal) -> str:
    if abs(number) >= _LARGEST:
        return str(number)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _moment(number: float, section: str, first: int) -> tuple[str, str]:
    """Return a date or time as it is shown; by ISO, with a look, where the format is none of ours.

    ``first`` is day 0 of the workbook. Both are empty where there is no such day.
    """
    days, seconds = divmod(round(number * _DAY), _DAY)
    fields: dict[str, int | str] = {
        "h": seconds // _HOUR, "n": seconds // _MINUTE % 60, "s": seconds % 60,
        "all_h": (days * _DAY + seconds) // _HOUR,
    }  # fmt: skip
    if 0 < days + first <= _LAST_DAY and days + first != _NO_LEAP_DAY:
        fields |= _of_day(days + first)
    shape = _NO_SIGN.sub("", section).strip().casefold()
    shape = _SINGLE.sub(lambda found: found[0][0], shape)
    digits = _IN_DIGITS.fullmatch(shape)
    form = "{iso} {h}:{n:02}" if digits and digits["time"] else "{iso}" if digits else ""
    form = form or _SHAPES.get(shape, "")
    whole = ("{iso}" if days else "") + (" {h}:{n:02}:{s:02}" if seconds or not days else "")
    try:
        return (form or whole).format(**fields).strip(), "" if form else "format"
    except KeyError:
        return "", ""


def _of_day(number: int) -> dict[str, int | str]:
    """Return what formats show of a day."""
    day = date(1899, 12, 30) + timedelta(days=number + (number < _NO_LEAP_DAY))
    era = era_on(day)
    year = day.year - era.year_one + 1 if era else day.year
    name = f"{era.name if era else ''}{'元' if year == 1 else year}"
    return {"iso": day.isoformat(), "y": day.year, "m": day.month, "d": day.day, "era": name}


def _formatted(number: Decimal, code: str, sections: Sequence[str]) -> str:
    """Return a number by a format that is understood, empty by another one."""
    section = sections[0]
    if number < 0 and len(sections) > 2:  # noqa: PLR2004 - the last one is the empty end
        section, number = sections[1], -number
    pieces, others = [*_PIECE.finditer(section)], _acting(section)
    digits = [found["digits"] for found in pieces if found["digits"]]
    if _CONDITION.search(code) or re.search(r"[a-z/@]", others, re.IGNORECASE):
        return ""
    if len(digits) != 1:
        return ""
    thousands = len(digits[0]) - len(digits[0].rstrip(","))  # each leaves three digits out
    scaled = (number * 100 if "%" in others else number).scaleb(-3 * thousands)
    if scaled.adjusted() + len(digits[0].partition(".")[2]) >= _MOST_DIGITS:
        return ""
    shown = _digits(abs(scaled), digits[0].rstrip(","))
    sign = "-" if scaled < 0 and shown.strip("0.,") else ""
    return sign + "".join(_shown(found, shown) for found in pieces).strip()


def _shown(found: re.Match[str], digits: str) -> str:
    if text := found["literal"]:
        return text.strip('"') if text.startswith('"') else text[1:]
    return digits if found["digits"] else found["money"] or found["other"] or ""


def _digits(number: Decimal, form: str) -> str:
    before, _point, after = form.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    whole, _point, fraction = f"{rounded:f}".partition(".")
    whole = whole.zfill(before.count("0"))
    if "," in before:
        whole = f"{int(whole):,}"
    wanted = len(after.rstrip("#?"))
    fraction = fraction[:wanted] + fraction[wanted:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole
