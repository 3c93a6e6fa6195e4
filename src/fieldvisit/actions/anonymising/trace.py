"""`trace`: from what stands in an anonymised output back to what it stands for."""

from fieldvisit.actions.anonymising.anonymise import NOTE, known_names
from fieldvisit.actions.show import register
from fieldvisit.errors import NotFound, Refused
from fieldvisit.fieldwork.anonymity.labels import label
from fieldvisit.fieldwork.anonymity.names import Subject
from fieldvisit.fieldwork.anonymity.traced import Traced
from fieldvisit.fieldwork.register import Register
from fieldvisit.language import LANGUAGES, _, speaking
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.study.view import StudyView, viewing
from fieldvisit.text import key


def trace(given: Settings, typed: str, audience: str) -> tuple[Traced, Register]:
    """Return what the mark of a note, or what stands for a name, means.

    Raises NotFound where nothing goes by it, or nothing that the audience may see, and Refused
    for the public: it would be told who said what anonymously.
    """
    if audience == "public":
        raise Refused(
            _("What stands behind an anonymised output is not for the public."),
            _("Ask for the study's own people: --audience group"),
        )
    wanted = key(typed).strip("[]")
    with viewing(given, audience, anonymised=True) as view:
        found = _note(view, wanted) or _name(view, wanted)
        if found is None:
            raise NotFound(
                _("Nothing stands for “{mark}” in an anonymised output.").format(mark=typed),
                _(
                    "Give the number behind a line (1234), or what stands for a name ({name})."
                ).format(name=_("City {letters}").format(letters="A")),
            )
        return found, register(view)


def _note(view: StudyView, wanted: str) -> Traced | None:
    drawn = queries.pseudonyms(view.connection)
    for (kind, id_), mark in drawn.items():
        note = view.every_note.get(id_)
        if kind == NOTE and mark == wanted and note:
            return Traced(mark, note)
    return None


def _name(view: StudyView, wanted: str) -> Traced | None:
    """Return whose name goes by a label in either language."""
    names = known_names(view)
    for (kind, id_), letters in queries.pseudonyms(view.connection).items():
        subject = Subject(kind, id_)
        name = names.called.get(subject)
        if kind == NOTE or name is None:
            continue
        for language in LANGUAGES:
            with speaking(language):
                shown = label(names, subject, letters)
            if key(shown) == wanted:
                return Traced(shown, None, kind, name)
    return None
