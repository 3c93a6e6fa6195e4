"""A guide file -> a guide, or everything that is wrong with the file."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from fieldvisit.doors import inputs
from fieldvisit.errors import BadGuide
from fieldvisit.fieldwork.guide import NO_WORDS, Guide, Probe, Question, Topic, Words
from fieldvisit.guide_files.contradictions import contradictions, full
from fieldvisit.guide_files.format import GUIDE, LARGEST
from fieldvisit.guide_files.items import Item, item
from fieldvisit.guide_files.nodes import Problem
from fieldvisit.language import _, counted, together
from fieldvisit.system_words import reason as why


def read(path: Path) -> Guide:
    """Return the guide in the file ``path``; BadGuide names the first problem and its line."""
    guide, problems = check(path)
    if guide is not None:
        return guide
    raise BadGuide(
        together(f"{path}:{problems[0]}", _and_more(len(problems) - 1)),
        _("To see everything that is wrong: fieldvisit guide check {file}").format(file=path),
    )


def check(source: Path | bytes, name: str = "") -> tuple[Guide | None, tuple[Problem, ...]]:
    """Return the guide in a file or its bytes and no problems, or None and the problems by line.

    ``name`` is the file's name where bytes are given; the guide must be called as the file is.
    BadGuide if the file cannot be opened.
    """
    from fieldvisit.guide_files.yaml_nodes import compose

    data = source if isinstance(source, bytes) else _bytes(source)
    stem = Path(name).stem if isinstance(source, bytes) else source.stem
    root, faults = compose(data)
    problems = list(faults)
    found = None if root is None else item(root, GUIDE, "", problems.append)
    if found is not None:
        problems += contradictions(found, stem)
    if found is None or problems:
        return None, tuple(sorted(set(problems)))
    return _guide(found, hashlib.sha256(data).hexdigest()), ()


def told(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the problems as lines; what is allowed is said once, at the first that needs it."""
    said: set[str] = set()
    for problem in problems:
        yield str(replace(problem, allowed="") if problem.allowed in said else problem)
        said.add(problem.allowed)


def _bytes(path: Path) -> bytes:
    try:
        return inputs.read(path, LARGEST)
    except OSError as fault:
        raise BadGuide(
            _("The guide {file} cannot be opened: {reason}").format(file=path, reason=why(fault)),
            _("The guides of this study: fieldvisit guide list"),
        ) from fault


def _and_more(number: int) -> str:
    if not number:
        return ""
    return counted("({n} more problem.)", "({n} more problems.)", number)


def _guide(found: Item, sha256: str) -> Guide:
    topics = tuple(_topic(topic, n) for n, topic in enumerate(found.below("topics"), 1))
    return Guide(**{**found.values, "topics": topics}, sha256=sha256)


def _topic(found: Item, number: int) -> Topic:
    key = found.values["key"]
    questions = tuple(
        _question(question, n, key) for n, question in enumerate(found.below("questions"), 1)
    )
    return Topic(**{**found.values, "questions": questions}, number=number)


def _question(found: Item, number: int, topic: str) -> Question:
    changed: dict[str, Any] = {
        "probes": tuple(_probe(probe) for probe in found.below("probes")),
        "was": tuple(full(earlier, topic) for earlier in found.values.get("was", ())),
        "written": _completed(found.values.get("written", NO_WORDS), found.values["ask"]),
    }
    return Question(**{**found.values, **changed}, number=number)


def _completed(written: Words, ask: Words) -> Words:
    """Fill a language that the written form leaves out with the spoken form."""
    return Words(written.ja or ask.ja, written.en or ask.en) if written else NO_WORDS


def _probe(found: Item) -> Probe:
    ask = Words(found.values.get("ja", ""), found.values.get("en", ""))
    return Probe(ask, found.values.get("classes", ()))
