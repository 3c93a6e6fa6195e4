"""`compare --anonymise`: a comparison without names, refused while a name is left in it."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from fieldvisit.actions.anonymising.known_names import known_names
from fieldvisit.actions.anonymising.left_names import refuse_leaks
from fieldvisit.actions.compare import Choice, compared
from fieldvisit.actions.show import register
from fieldvisit.fieldwork.anonymity.leaks import Search
from fieldvisit.fieldwork.anonymity.names import Names, Subject
from fieldvisit.fieldwork.anonymity.replacing import Replacer, ready
from fieldvisit.fieldwork.anonymity.transform import Anonymiser
from fieldvisit.fieldwork.anonymity.walking import with_texts
from fieldvisit.fieldwork.comparison import Comparison
from fieldvisit.fieldwork.register import Register
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.study.view import StudyView, today, viewing

NOTE = "note"
_Drawn = dict[tuple[str, str], str]


class Anonymised(Struct, frozen=True):
    """A comparison without names, and its register.

    ``held_back`` is how many notes were; ``facts_left_out`` tells that facts of its cities were,
    since these are as good as a name.
    """

    comparison: Comparison
    register: Register
    held_back: int
    facts_left_out: bool


def compare_anonymised(given: Settings, choice: Choice, audience: str) -> Anonymised:
    """Return the comparison without names.

    What stands for a name or a note is drawn the first time that it is printed, and kept. Raises
    Refused while a name is left.
    """
    with viewing(given, audience, choice.study_group, anonymised=True) as view:
        found, held_back = compared(view, choice)
        known = register(view)
        names, classes = _names(view, found)
        trial = _Trial({note.id: note.handle for note in view.every_note.values()})
        replacer = Replacer(names)
        tried = Anonymiser(names, replacer, trial.letters, trial.mark, classes)
        refuse_leaks(
            _search(view, names).leaks(tried.comparison(found), tried.register(found, known)), names
        )
        drawn = queries.pseudonyms(view.connection)
    if missing := [one for one in trial.needed if one not in drawn]:
        drawn = _draw(given, missing)
    final = Anonymiser(
        names,
        replacer,
        lambda subject: drawn[subject.kind, subject.id],
        lambda note_id: drawn[NOTE, note_id],
        classes,
    )
    shown = with_texts(final.comparison(found), ready)
    cities = with_texts(final.register(found, known), ready)
    return Anonymised(shown, cities, held_back, any(found.facts.values()))


def _names(view: StudyView, found: Comparison) -> tuple[Names, Mapping[str, str | None]]:
    """Return the names that the output must not hold, and the classes of its cities."""
    cities = {city.city.code: city for topic in found.topics for city in topic.cities}
    classes = {code: city.class_on_visit(today()) for code, city in cities.items()}
    return known_names(view, cities), classes


def _search(view: StudyView, names: Names) -> Search:
    handles = {word for note in view.every_note.values() for word in (note.handle, note.id)}
    return Search(names, handles | {visit.id for visit in view.every_visit})


class _Trial(Struct, frozen=True):
    """Takes down what an output needs; until then notes go by their handles."""

    handles: Mapping[str, str]
    needed: dict[tuple[str, str], None] = field(default_factory=dict)

    def letters(self, subject: Subject) -> str:
        self.needed[subject.kind, subject.id] = None
        return subject.id

    def mark(self, note_id: str) -> str:
        self.needed[NOTE, note_id] = None
        return self.handles[note_id]


def _draw(given: Settings, missing: Sequence[tuple[str, str]]) -> _Drawn:
    """Draw what is not drawn yet, in one change; somebody else may have drawn some meanwhile."""
    from fieldvisit.storage import ids, records
    from fieldvisit.study.change import changing

    with changing(given, "compare --anonymise") as (view, ledger):
        drawn = queries.pseudonyms(view.connection)
        for kind, subject in missing:
            if (kind, subject) not in drawn:
                taken = {label for (of, _subject), label in drawn.items() if of == kind}
                draw = ids.new_mark if kind == NOTE else ids.new_letters
                drawn[kind, subject] = draw(taken)
                records.keep_pseudonym(ledger, kind, subject, drawn[kind, subject])
        return drawn
