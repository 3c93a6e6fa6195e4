"""Every command of the registry that delivers a document, in every format of the table.

And which study is asked what: each command in each of its formats so often, and every line.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from cli.harness import Result, every_command, run_here
from fieldvisit.documents.formats import FORMATS
from privacy.worlds import COMMON, SECRET, cells, handles

LANGUAGES = ("en", "ja")
# {seen}: a note that stands in both worlds. {gone}: one that is off the record. {id}: its id.
# {place}: of a summary that stands in one world at least. {where}: of which city, or across.
_OTHERS = (
    "study show", "study-group list", "guide list", "guide show it-workforce",
    "guide show it-workforce --visit himeji-1", "guide diff it-workforce chiba-1", "city list",
    "city list --class core-city", "city list --prefecture 愛媛", "city show 千葉市",
    "city show 西予市", "city show kaku", "draft list", "alias list",
)  # fmt: skip
_FROM_NOTES = (
    "status", "visit list", "visit show chiba-1", "visit show himeji-1", "visit show otsu-1",
    "visit show tsukuba-1", "visit show kaku-1",
    "visit ask chiba-1", "visit ask tsukuba-1", "material list", "material list chiba-1",
    "note list", "note list --visit chiba-1", "note list --visit tsukuba-1",
    "note list --city 千葉市", "note list --city 西予市", "note list --topic hiring",
    "note list --topic ai-rpa/dropped", "note list --topic hiring/staff-mix", "note list -k quote",
    "note list -k remark", "note list -t 計画", f"note list -t {SECRET}",
    "note list --written-by 書き手", "note list --written-by 覆面", "note list --unsorted",
    "note list --visit himeji-1 --topic ai-rpa -k statement -t 要点",
    "note show {seen}", "note show {seen4}", "note show {gone}", "note show {gone4}",
    "note show {id}", "note history {seen}", "note history {gone}", "note history {id}",
    "coverage", "coverage --open", "coverage chiba-1 tsukuba-1", "coverage himeji-1 --open",
    "coverage kaku-1",
    "compare", "compare --view city", "compare --rows items", "compare --rows cities",
    "compare hiring", "compare ai-rpa open-data --rows items",
    "compare themes", "compare --city 西予市", "compare --city 千葉市 --city 架空市",
    "compare --class designated-city", "compare --class town", "compare --study-group jimu",
    "compare --study-group jinzai --view city", "compare other --study-group jinzai",
    "compare --prefecture 愛媛", "compare --prefecture なし", "compare --prefecture 千葉",
    "compare --group-by class", "compare --group-by class --view city",
    "compare --group-by class --rows cities",
    "compare --cells both", "compare --cells summary --rows cities",
    "compare ai-rpa --cells both --view city --study-group jinzai",
    "summary list", "summary list --across", "summary list --stale", "summary list --topic hiring",
    "summary list --city 千葉市 --study-group jimu", "summary history ai-rpa --across",
    "summary history {place} {where}", "summary history hiring --city 千葉市",
    "confirm list", "confirm list chiba-1", "confirm list --study-group jimu", "alias list",
    "compare --anonymise", "compare --anonymise --cells both --rows items", "trace 1-A市",
    "trace 1-B市", "status --study-group jinzai", "visit list --study-group jimu",
    "material list --study-group jimu", "note list --study-group jinzai",
    "coverage --study-group jimu --open", "search 話 --study-group jinzai",
    f"search {COMMON}", f"search {SECRET}", "search 話", "search rpa --city 千葉市",
    "search 話 --topic hiring", "search 話 --limit 1", "search か\u3099 職員",
    "search 。 --city 西予市", "trace 1-1", "trace 1-3", "review", "review --list",
    "review --visit chiba-1",
)  # fmt: skip
COMPLETED = (
    "note show ", "visit show ", "city show ", "note add ", "note add chiba-1 ",
    "note add chiba-1 hiring/", "guide show ", "compare --city ", "coverage ", "prepare ",
    "note restore ", "mark chiba-1 ", "note list --visit ", "note add chiba-1 hiring x --said-by ",
)  # fmt: skip
_LETTERS = ("confirm send chiba-1 --yes --all", "confirm send himeji-1 --yes --all",
           "confirm send tsukuba-1 --yes")  # fmt: skip
SEVERAL = "otsu-1 kaku-1"  # several sheets do not go into one file
_SHEETS = tuple(
    f"prepare {visit} --for {reader}{more}"
    for visit in ("chiba-1", "himeji-1", "tsukuba-1", SEVERAL)
    for reader in ("interviewer", "city")
    for more in ("", " --only-open")
)


class Line(Struct, frozen=True):
    """One way to ask: the words, a format, an audience (empty = not said), a language."""

    words: str
    format: str
    audience: str
    language: str

    def filled(self, names: dict[str, str]) -> list[str]:
        """The words as typed, each name of ``names`` in its place."""
        typed, known = self.words.format(**names).split(), DELIVERING[command_of(self.words)]
        audience = ["--audience", self.audience] if self.audience else []
        if self.language == "ja" and "--allow-names" in known:  # in English it may be refused
            audience.append("--allow-names")
        return [*typed, *audience, *(["--format", self.format] if "--format" in known else ())]


# What opens an editor or a screen; off a terminal it is refused.
_ON_A_TERMINAL = ("record chiba-1", "summary edit")
ASKED = tuple(dict.fromkeys(
    (*_FROM_NOTES, *_SHEETS, *_OTHERS, *_LETTERS, *_ON_A_TERMINAL, "draft show note.txt")
))  # fmt: skip
# What speaks to the person at the keyboard alone (contract, section 6).
KEYBOARD_ALONE = frozenset({"log", "read"})


DELIVERING = {
    " ".join(words): found
    for words, command in every_command().items()
    if (found := frozenset(word for one in command.params for word in one.opts))
    & {"--format", "-o", "--audience"}
}


def command_of(words: str) -> str:
    first = " ".join(words.split()[:2])
    return first if first in DELIVERING else words.split(maxsplit=1)[0]


def audiences(words: str) -> tuple[str, ...]:
    """For whom a line can be asked; empty = it is not said."""
    return ("group", "public") if "--audience" in DELIVERING[command_of(words)] else ("",)


def formats(words: str) -> Iterable[str]:
    """The formats in which a line can be asked for: all, or none is said."""
    return FORMATS if "--format" in DELIVERING[command_of(words)] else ("",)


def lines() -> list[Line]:
    """Every line in every format, for each audience, in both languages."""
    return [
        Line(words, *rest)
        for words in ASKED
        for rest in product(formats(words), audiences(words), LANGUAGES)
    ]


def asked(folder: Path, line: Line, names: dict[str, str], *, file: Path | None = None) -> Result:
    """What the program answers in the study in ``folder``; ``file`` = into that file."""
    into = ["-o", str(file)] if file else []
    return run_here("--study", str(folder), *line.filled(names), *into, lang=line.language)


def shell_offers(folder: Path, words: str) -> str:
    """What zsh is told when Tab is pressed after ``words``: names, and what they stand for."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("_FIELDVISIT_COMPLETE", "complete_zsh")
        environment.setenv("_TYPER_COMPLETE_ARGS", f"fieldvisit {words}")
        environment.setenv("FIELDVISIT_STUDY", str(folder))
        result = run_here()
    assert result.code == 0, result.err
    assert result.err == ""
    return result.out


def names_for(
    seen: Sequence[str],
    gone: Sequence[str],
    ids: Sequence[str],
    cells: Sequence[tuple[str, str]] = (),
) -> dict[str, str]:
    """Names to fill in: of a note that stays, of one that goes, of a summary; made up if none."""
    kept, lost = (seen or ["aaaaaaaaaa"])[0], (gone or ["bbbbbbbbbb"])[0]
    lost_id = (ids or ["01900000-0000-7000-8000-000000000000"])[0]
    place, code = (cells or [("ai-rpa", "")])[0]
    where = f"--city {code}" if code else "--across"
    return {
        "seen": kept, "seen4": kept[:4], "gone": lost, "gone4": lost[:4], "id": lost_id,
        "place": place, "where": where,
    }  # fmt: skip


AT_LEAST = 30
STUDIES = 300
Kind = tuple[str, str]
Decks = dict[Kind, list[Line]]


def kind(line: Line) -> Kind:
    return command_of(line.words), line.format


@cache
def decks(folder: Path) -> Decks:
    """Every line in English, by command and format; a form that a command has not is left out.

    ``folder`` is a study in which it is tried.
    """
    found: Decks = {}
    for line in lines():
        if line.language == LANGUAGES[0]:
            found.setdefault(kind(line), []).append(line)
    return {of: deck for of, deck in found.items() if not of[1] or _is_a_form(folder, deck)}


def _is_a_form(folder: Path, deck: list[Line]) -> bool:
    names = names_for(handles(folder)[:1], [], [], cells(folder))
    codes = set()
    for line in {line.words: line for line in deck}.values():
        codes.add(asked(folder, line, names).code)
        if 0 in codes:
            return True
    return 2 not in codes


def forms(folder: Path, command: str) -> list[str]:
    """The formats in which a command can be asked for."""
    return [format_ for known, format_ in decks(folder) if known == command]


@cache
def draws(folder: Path, seed: int = 0) -> list[Line]:
    """Every line for every audience, again and again until there are enough."""
    dice = random.Random(seed)
    found: list[Line] = []
    for deck in decks(folder).values():
        for _ in range(-(-AT_LEAST // len(deck))):
            found += [replace(line, language=dice.choice(LANGUAGES)) for line in deck]
    dice.shuffle(found)
    return found


def share(folder: Path, study: int) -> list[Line]:
    """What the study of that number is asked; after each 300 all begins anew in another order."""
    again, place = divmod(study, STUDIES)
    return draws(folder, again)[place::STUDIES]


def counted(folder: Path, studies: int) -> Counter[Kind]:
    """How often so many studies are asked each command in each format."""
    return Counter(kind(line) for study in range(studies) for line in share(folder, study))
