"""What the sample study shows of itself first: a topic, and what its cities say on it."""

from fieldvisit.documents import wordings
from fieldvisit.documents.document import Document
from fieldvisit.documents.page import Cell, Heading, Page, Paragraph, Table
from fieldvisit.fieldwork.comparison import ComparedCity, Comparison
from fieldvisit.language import _


def first_look(found: Comparison) -> Document:
    """Return a page of the comparison of one topic in the sample study, a row a city."""

    def page() -> Page:
        (compared,) = found.topics
        about = _("What five cities published, and a visit to a city that is made up (架空市).")
        head = (_("city"), _("what is known"))
        return Page(
            (
                Heading(1, _("Sample study")),
                Paragraph(about),
                Paragraph(wordings.audience_line(found.audience), quiet=True),
                Heading(2, f"{compared.topic.number} {compared.topic.title}"),
                Table.of(head, [_row(city) for city in compared.cities]),
            )
        )

    return Document("demo", page)


def _row(compared: ComparedCity) -> tuple[Cell, Cell]:
    state = wordings.state_and_counts(compared.state, compared.counts)
    said = tuple(wordings.statement(note) for cell in compared.cells for note in cell.notes)
    return Cell((compared.city.name, state)), Cell(said)
