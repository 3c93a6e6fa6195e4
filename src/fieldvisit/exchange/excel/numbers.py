"""Numbers as a person sees them in a cell: 12 rather than 12.0, 50%, 012025, 2019-11-08."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from fieldvisit.dates import WEEKDAYS, era_on

GENERAL = "General"
# What the format's numbers stand for in Japan; the others are General.
KNOWN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    17: "yyyy-mmm", 22: "yyyy/m/d h:mm", 46: "[h]:mm:ss",
    **dict.fromkeys((37, 38), "#,##0"), **dict.fromkeys((39, 40), "#,##0.00"),
    **dict.fromkeys((14, 15, 16, *range(27, 32), 36, *range(50, 59)), "yyyy/m/d"),
    **dict.fromkeys((18, 20, 32, 34), "h:mm"), **dict.fromkeys((19, 21, 33, 35), "h:mm:ss"),
    **dict.fromkeys((45, 47), "mm:ss"),
}  # fmt: skip

_PIECE = re.compile(
    r"""(?P<literal>"[^"]*"|\\.) | (?P<blank>[_*].) | \[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]
    | (?P<bracket>\[[^\]]*\]) | (?P<digits>[0\#?][0\#?,.]*) | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=]")
_SECTIONS = re.compile(r"""((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)""", re.DOTALL)

_OF_A_DAY = re.compile(
    r"""(?P<sign>y+|g+|e+|m+|d+|h+|s+|a{3,4}|\[(?:h+|m+|s+)\])|\[[^\]]*\]|am/pm|a/p|\.0+
    |(?P<text>"[^"]*"|\\.|.)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
# A whole date in digits is told as ISO: whether 11/08 is a day of August depends on the reader.
_IN_DIGITS = re.compile(
    r"(?<![ymd])(?:y{2,4}|m{1,4}|d{1,2})(?:[-/. ,]+(?:y{2,4}|m{1,4}|d{1,2})){2}", re.IGNORECASE
)
_MINUTES = re.compile(r"[^a-z]*(?:分|:s)", re.IGNORECASE)

_LARGEST = Decimal(10) ** 21
_LONGEST_CODE = 255  # characters; Excel takes no more, and hours would go into what is made up
_MOST_DIGITS = 28  # more of them are no longer exact
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60
_LAST_DAY = 2_958_465  # 9999-12-31
_NO_LEAP_DAY = 60  # Excel counts the 29 February 1900, which never was
_FROM_1900_TO_1904 = 1_462
_SHORT_YEAR = 2  # signs


def seen(value: str, code: str, *, since_1904: bool = False) -> str:
    """Return what a person sees of a number as it stands in the file, by the format's ``code``."""
    try:
        number = float(value)
        decimal = Decimal(f"{number:.15g}")
    except ValueError:
        return value
    if not decimal.is_finite():
        return value
    code = code if len(code) <= _LONGEST_CODE else GENERAL
    sections = _SECTIONS.findall(code) or [""]
    signs = "" if sections[0].casefold() == GENERAL.casefold() else _acting(sections[0]).casefold()
    if re.search("[ymdhs]|g+e", signs) or _ELAPSED.search(code):
        first = _FROM_1900_TO_1904 if since_1904 else 0
        return _moment(number, sections[0], first) or _general(decimal)
    return _formatted(decimal, code, sections) or _general(decimal)


def _acting(section: str) -> str:
    """Return the signs of a section that act, rather than stand for themselves or for digits."""
    return "".join(found["other"] or "" for found in _PIECE.finditer(section))


def _general(number: Decimal) -> str:
    if abs(number) >= _LARGEST:
        return str(number)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _moment(number: float, section: str, first: int) -> str:
    """Return a date, a time or both as their format shows them, empty where there is no such day.

    ``first`` is day 0 of the workbook. Hours go up to 24, whatever the format says.
    """
    days, seconds = divmod(round(number * _DAY), _DAY)
    clock = {"h": seconds // _HOUR, "m": seconds // _MINUTE % 60, "s": seconds % 60}
    all_ = days * _DAY + seconds
    passed = {"h": all_ // _HOUR, "m": all_ // _MINUTE, "s": all_}
    shown, after_hours = "", False
    section = _IN_DIGITS.sub("yyyy-mm-dd", section)
    for found in _OF_A_DAY.finditer(section):
        sign = (found["sign"] or "").casefold()
        is_minute = after_hours or bool(_MINUTES.match(section, found.end()))
        after_hours = sign.strip("[")[:1] == "h" if sign else after_hours
        if not sign:
            shown += _literal(found["text"] or "")
        elif sign[0] == "[":
            shown += f"{passed[sign[1]]:0{min(len(sign) - 2, 2)}}"
        elif sign[0] in "hs" or (sign[0] == "m" and is_minute):
            shown += f"{clock[sign[0]]:0{min(len(sign), 2)}}"
        elif 0 < days + first <= _LAST_DAY and days + first != _NO_LEAP_DAY:
            shown += _of_day(days + first, sign, section[found.end() :])
        else:
            return ""
    return shown.strip()


def _of_day(number: int, sign: str, rest: str) -> str:
    """Return what a sign of a format, and the ``rest`` behind it, show of a day."""
    day = date(1899, 12, 30) + timedelta(days=number + (number < _NO_LEAP_DAY))
    era = era_on(day)
    if sign[0] == "g":
        names = (era.letter, era.name[:1], era.name) if era else ("", "", "")
        return names[min(len(sign), 3) - 1]
    if sign[0] == "a" or (len(sign) > _SHORT_YEAR and sign[0] == "d"):
        return WEEKDAYS["ja" if sign[0] == "a" else "en"][day.weekday()]
    year = day.year - era.year_one + 1 if era else day.year
    if sign == "e" and era and year == 1 and rest.startswith(("年", '"年')):
        return "元"
    short = day.year % 100 if len(sign) == _SHORT_YEAR else day.year
    shown = {"y": short, "e": year, "m": day.month, "d": day.day}[sign[0]]
    return f"{shown:0{min(len(sign), 2)}}"


def _literal(text: str) -> str:
    """Return what stands for itself in a format."""
    return text.strip('"') if text.startswith('"') else text.removeprefix("\\")


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
    if found["literal"]:
        return _literal(found["literal"])
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
