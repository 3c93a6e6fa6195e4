"""Nobody registered at a visit is named in what goes to the public, or to a city not theirs."""

from fieldvisit.anonymity.names import Names
from fieldvisit.anonymity.perhaps import Search
from fieldvisit.documents.document import texts
from fieldvisit.errors import Refused
from fieldvisit.fieldwork.study import NameAlias, Study
from fieldvisit.language import _, enumerated
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.study.references import all_cities
from fieldvisit.study.view import StudyView, viewing


def refuse_names(given: Settings, content: object, city_code: str = "") -> None:
    """Raise Refused if a text of ``content``, an output as it is to be printed, names somebody.

    With ``city_code`` it goes to that city, and who was at a visit there may stand; without, to
    the public. What the study says of itself (its contact) names whom it names. Nothing but the
    output and the visits decides, which hold nothing off the record.
    """
    with viewing(given, "group" if city_code else "public") as view:
        people = _people(view, city_code)
        own = _own_words(view.study)
        found: dict[str, dict[str, None]] = {}
        for text in dict.fromkeys(texts(content)):
            for name in people.named_in(text) if text not in own else ():
                found.setdefault(name, {})[text] = None
        if not found:
            return
        shown = "\n".join(dict.fromkeys(texts(content)))
        places = {name: _places(view, people, name, found[name], shown) for name in found}
    lines = [f"  {name}: {enumerated(where)}" for name, where in places.items()]
    raise Refused(
        _("This names people who were at visits; nothing was written:") + "\n" + "\n".join(lines),
        _("Take the name out: fieldvisit note edit NOTE. If it may stand: --allow-names"),
    )


def _own_words(study: Study) -> set[str]:
    return {study.title, study.institute, study.purpose, study.contact}


def _people(view: StudyView, city_code: str) -> Search:
    people = [(visit.city_code, one) for visit in view.every_visit for one in visit.participants]
    theirs = {one.name for code, one in people if code == city_code}
    called = [a for a in queries.name_aliases(view.connection) if a.kind == "person"]
    everybody = {one.name for _code, one in people} | {alias.name for alias in called}
    theirs |= {alias.name for alias in called if alias.stands_for in theirs}
    held = {one.department for _code, one in people} | _own_words(view.study)
    others = (*(city.name for city in all_cities(view)), *sorted(held))
    names = tuple(NameAlias("person", name) for name in sorted(everybody - theirs))
    return Search(Names((), (), names, others), addressed=True)


def _places(
    view: StudyView, people: Search, name: str, found: dict[str, None], shown: str
) -> list[str]:
    """Return the notes in the output that hold a name; if there are none, the words around it."""
    notes = [
        _("note {handle}").format(handle=note.handle)
        for note in view.every_note.values()
        if (note.handle in shown or note.body in shown)
        and any(name in people.named_in(text) for text in texts((note.body, note.source)))
    ]
    return notes or [f"“{_around(name, text)}”" for text in found]


def _around(name: str, text: str) -> str:
    at = max(text.find(name), 0)  # blanks within a name may differ
    return " ".join(text[max(at - 20, 0) : at + len(name) + 20].split())
