"""Dates and times as people type and read them, with eras; all are local calendar dates."""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from fieldvisit import language as speech
from fieldvisit.errors import BadDate
from fieldvisit.language import _


class Era(Struct, frozen=True):
    """One era; its year 元 is the calendar year ``year_one``; both end days belong to it."""

    name: str
    letter: str
    year_one: int
    first: dt.date
    last: dt.date

    def calendar_year(self, number: str) -> int:
        """Return the calendar year of year ``number`` (``元`` or digits); ValueError for 0."""
        count = 1 if number == "元" else int(number)
        if count == 0:
            raise ValueError(number)
        return self.year_one + count - 1

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether any day from ``first`` to ``last`` belongs to the era."""
        return self.first <= last and first <= self.last


# Meiji counts from 1873 here: before that Japan kept a lunisolar calendar, and its days would
# come out wrong. Taisho and Showa began on the very day on which the era before them ended.
ERAS = (
    Era("明治", "M", 1868, dt.date(1873, 1, 1), dt.date(1912, 7, 30)),
    Era("大正", "T", 1912, dt.date(1912, 7, 30), dt.date(1926, 12, 25)),
    Era("昭和", "S", 1926, dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    Era("平成", "H", 1989, dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    Era("令和", "R", 2019, dt.date(2019, 5, 1), dt.date.max),
)


def named(sign: str) -> Era:
    """Return the era with that name or upper-case letter; KeyError if there is none."""
    return {**{era.name: era for era in ERAS}, **{era.letter: era for era in ERAS}}[sign]


def era_on(day: dt.date) -> Era | None:
    """Return the era of ``day``, the younger where two met on it; None before 1873."""
    return next((era for era in reversed(ERAS) if era.overlaps(day, day)), None)


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


def parts_of(typed: str, forms: tuple[str, ...]) -> dict[str, str] | None:
    """Return the named parts of the first form that the whole text has, None if it has none.

    A part that is not there is empty.
    """
    text = plain(typed)
    found = (re.fullmatch(form, text) for form in forms)
    return next((match.groupdict("") for match in found if match), None)


_NOON = 12


def read_date(typed: str) -> dt.date:
    """Return the one day that ``typed`` means; BadDate if it is none or could be several."""
    return _first(typed, DAYS, _whole_date())


def read_due(typed: str, today: dt.date) -> dt.date:
    """Return the day; without a year the next such day on or after ``today``; else BadDate."""
    parts = parts_of(typed, WITHOUT_YEAR)
    if parts is None:
        return _first(typed, DAYS, _("Write 2019-10-31, or month and day alone: 10/31."))
    # Between two leap days lie up to eight years.
    for year in range(today.year, min(today.year + 8, dt.MAXYEAR) + 1):
        try:
            due = dt.date(year, int(parts["month"]), int(parts["day"]))
        except ValueError:
            continue
        if due >= today:
            _check_weekday(typed, parts, due)
            return due
    raise BadDate(_no_such_day(typed), _whole_date())


def read_as_of(typed: str) -> str:
    """Return ``typed`` without outer blanks if it means a day, month, year or fiscal year."""
    first_day(typed)
    return typed.strip()


def first_day(as_of: str) -> dt.date:
    """Return the first day of what ``as_of`` means, for sorting; fiscal years begin on 1 April.

    Raises BadDate as ``read_as_of`` does.
    """
    return days_of(as_of)[0]


def days_of(as_of: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of what ``as_of`` means; BadDate as ``read_as_of``."""
    hint = _("Write for example 2019-10-21, 2019-10, 2019, 2019年度, FY2019 or 令和元年10月.")
    return _span(as_of, DAYS + LONGER, hint)


def in_words(day: dt.date, language: str) -> str:
    """Return ``day`` with its weekday: 2019年10月21日（月）, or Mon 21 October 2019."""
    return _written(day, language, year=True, month=True)


def span_in_words(first: dt.date, last: dt.date, language: str) -> str:
    """Return both days with weekdays; year and month stand once where they are the same."""
    if first == last:
        return in_words(first, language)
    year = first.year != last.year
    month = year or first.month != last.month
    if language == "ja":
        return f"{in_words(first, language)}～{_written(last, language, year=year, month=month)}"
    return f"{_written(first, language, year=year, month=month)} – {in_words(last, language)}"


def read_time(typed: str) -> str:
    """Return ``13:30`` or ``13:30-15:00`` for a time or a span within one day; else BadDate."""
    times = [_clock(part) for part in re.split("[-~]", plain(typed))]
    hint = _("Write 13:30 or 13:30-15:00.")
    if "" in times or times[2:]:
        raise BadDate(_("“{typed}” cannot be read as a time of day.").format(typed=typed), hint)
    if times != sorted(set(times)):
        raise BadDate(_("“{typed}” ends before it begins.").format(typed=typed), hint)
    return "-".join(times)


def _first(typed: str, forms: tuple[str, ...], hint: str) -> dt.date:
    return _span(typed, forms, hint)[0]


def _span(typed: str, forms: tuple[str, ...], hint: str) -> tuple[dt.date, dt.date]:
    parts = parts_of(typed, forms)
    if parts is None:
        raise BadDate(_unreadable(typed), hint)
    try:
        first, last = _period(parts)
    except ValueError:
        raise BadDate(_no_such_day(typed), hint) from None
    _check_weekday(typed, parts, first)
    if not parts.get("era"):
        return first, last
    era = named(parts["era"])
    if not era.overlaps(first, last):
        sentence = _("“{typed}” lies outside of what is read as {era}.")
        raise BadDate(sentence.format(typed=typed, era=era.name), _whole_date())
    return (first, last) if parts.get("fiscal") else (max(first, era.first), min(last, era.last))


def _period(parts: Mapping[str, str]) -> tuple[dt.date, dt.date]:
    era = parts.get("era")
    year = named(era).calendar_year(parts["number"]) if era else int(parts["year"])
    if parts.get("fiscal"):
        return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)
    month = _month(parts)
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if parts.get("day"):
        day = dt.date(year, month, int(parts["day"]))
        return day, day
    first = dt.date(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def _month(parts: Mapping[str, str]) -> int | None:
    if name := parts.get("month_name"):
        return 1 + [month[:3].upper() for month in MONTHS].index(name[:3])
    return int(parts["month"]) if parts.get("month") else None


def _check_weekday(typed: str, parts: Mapping[str, str], day: dt.date) -> None:
    said = parts.get("weekday") or parts.get("bare_weekday")
    right = {WEEKDAYS["ja"][day.weekday()], WEEKDAYS["en"][day.weekday()].upper()}
    if said and right.isdisjoint({said[0], said[:3]}):
        sentence = _("“{typed}” names the wrong weekday: the day is {right}.")
        words = in_words(day, speech.current())
        raise BadDate(
            sentence.format(typed=typed, right=words), _("Check the day and write again.")
        )


def _written(day: dt.date, language: str, *, year: bool, month: bool) -> str:
    weekday = WEEKDAYS["ja" if language == "ja" else "en"][day.weekday()]
    if language == "ja":
        before = (f"{day.year}年" if year else "") + (f"{day.month}月" if month else "")
        return f"{before}{day.day}日（{weekday}）"
    after = (f" {MONTHS[day.month - 1]}" if month else "") + (f" {day.year}" if year else "")
    return f"{weekday} {day.day}{after}"


def _clock(typed: str) -> str:
    parts = parts_of(typed, CLOCK)
    if parts is None:
        return ""
    hour, half = int(parts["hour"]), parts.get("half")
    minute = 30 if parts.get("thirty") else int(parts["minute"] or 0)
    # 午後12時 is noon to some and midnight to others.
    if half and hour >= _NOON:
        return ""
    try:
        return f"{dt.time(hour + _NOON if half == '午後' else hour, minute):%H:%M}"
    except ValueError:
        return ""


def _unreadable(typed: str) -> str:
    if parts_of(typed, UNCLEAR) is not None:
        return _("“{typed}” can be read in more than one way.").format(typed=typed)
    if parts_of(typed, WITHOUT_YEAR) is not None:
        return _("“{typed}” names no year.").format(typed=typed)
    return _("“{typed}” cannot be read as a date.").format(typed=typed)


def _no_such_day(typed: str) -> str:
    return _("“{typed}”: the calendar has no such day.").format(typed=typed)


def _whole_date() -> str:
    return _("Write the whole date: 2019-10-21, 2019年10月21日 or 令和元年10月21日.")
