"""The Japanese eras since Meiji: their names, letters, first and last days."""

import datetime as dt

from msgspec import Struct


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

    def year(self, calendar_year: int) -> str:
        """Return how that calendar year is written in this era, such as 令和元年."""
        count = calendar_year - self.year_one + 1
        return f"{self.name}{'元' if count == 1 else count}年"

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether any day from ``first`` to ``last`` belongs to the era."""
        return self.first <= last and first <= self.last


_day = dt.date

# Meiji counts from 1873 here: before that Japan kept a lunisolar calendar, and its days would
# come out wrong. Taisho and Showa began on the very day on which the era before them ended.
ERAS = (
    Era("明治", "M", 1868, _day(1873, 1, 1), _day(1912, 7, 30)),
    Era("大正", "T", 1912, _day(1912, 7, 30), _day(1926, 12, 25)),
    Era("昭和", "S", 1926, _day(1926, 12, 25), _day(1989, 1, 7)),
    Era("平成", "H", 1989, _day(1989, 1, 8), _day(2019, 4, 30)),
    Era("令和", "R", 2019, _day(2019, 5, 1), _day.max),
)


def named(sign: str) -> Era:
    """Return the era with that name or upper-case letter; KeyError if there is none."""
    return {**{era.name: era for era in ERAS}, **{era.letter: era for era in ERAS}}[sign]


def era_on(day: dt.date) -> Era | None:
    """Return the era of ``day``, the younger where two met on it; None before 1873."""
    return next((era for era in reversed(ERAS) if era.overlaps(day, day)), None)
