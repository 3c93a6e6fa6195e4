"""How notes, visits, cities and states are put into words on every page alike."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from shlex import quote

from msgspec.structs import replace

from fieldvisit import language
from fieldvisit.dates import in_words, span_in_words
from fieldvisit.fieldwork import disclosure, terms
from fieldvisit.fieldwork.city import City, CityFact
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Question, Topic, Words
from fieldvisit.fieldwork.note import Contradiction, Note
from fieldvisit.fieldwork.states import Counts, Standing
from fieldvisit.fieldwork.summary import StandingSummary, Summary
from fieldvisit.fieldwork.visit import Visit, named_as
from fieldvisit.language import _, enumerated


def marks(note: Note) -> str:
    """Return the 【…】 in front of a note: its kind, and its level unless it may be quoted.

    One that corrects another says whose correction it is and of when; one whose words are
    another's, that they were edited.
    """
    kind = "" if note.kind == "statement" else terms.KINDS.mark(note.kind)
    if note.replaces:
        kind = _mark(_("correction: {who}").format(who=f"{note.city_name} {note.on_day}".strip()))
    if note.edited_on:
        kind += _mark(_("edited by us {date}").format(date=note.edited_on))
    quotable = note.disclosure == "public" or (note.disclosure == "confirm" and note.confirmed)
    level = "" if quotable else terms.DISCLOSURES.mark(note.disclosure)
    return kind + level


def _mark(text: str) -> str:
    return f"【{text}】" if language.current() == "ja" else f"[{text}]"


def statement(note: Note) -> str:
    """Return a note on one page line: marks, text, origin, and the handle that leads back."""
    before, after = marks(note), origin(note)
    text = f"{before} {note.body}" if before and language.current() == "en" else before + note.body
    return f"{text}{after} [{note.handle}]"


def whose(city: str) -> str:
    """Return the option that says whose summary is meant; no ``city`` is across the cities."""
    return f"--city {city if city.isalnum() else quote(city)}" if city else "--across"


def summary(found: StandingSummary) -> str:
    """Return a summary on one page line: marks, text, why it is stale, and its notes' handles."""
    marks_ = "".join(terms.DISCLOSURES.mark(level) for level in found.bounds)
    head = _("[summary]") + marks_
    text = head + (" " if language.current() == "en" else "") + found.summary.body
    why = staleness(found)
    stale = labelled(_("to be looked at again"), why) if why else ""
    return f"{text}{bracketed(stale)} [{handles(found.notes)}]"


def text_of(then: Note | Summary) -> str:
    """Return the text of a note or summary in its history, which says so if it was deleted."""
    return _("(deleted) {text}").format(text=then.body) if then.deleted else then.body


def summary_level(found: StandingSummary) -> str:
    """Return in words how a summary may be used, as its marks say it on a page."""
    if not found.bounds and found.summary.disclosure == "confirm":
        return terms.CONFIRMATIONS.word("ok")
    return enumerated(map(terms.DISCLOSURES.word, found.bounds or ("public",)))


def handles(notes: Iterable[Note | Contradiction]) -> str:
    """Return the handles of notes behind each other."""
    return " ".join(note.handle for note in notes)


def staleness(found: StandingSummary) -> str:
    """Return why a summary has to be looked at again; empty if it has not."""
    return enumerated(f"{terms.STALENESS.word(one.why)} {one.note.handle}" for one in found.stale)


def origin(note: Note) -> str:
    """Return in brackets who said it, as of when, and where it was published; may be empty.

    The address of a publication is left to `note show`, to which the handle leads.
    """
    source = note.source
    parts = [
        str(note.speaker) if note.speaker else "",
        _("as of {date}").format(date=note.as_of) if note.as_of else "",
        arrived(note),
        material(note),
        _("source: {title}").format(title=source.title) if source.title else "",
        _("published {date}").format(date=source.date) if source.date else "",
    ]
    return bracketed(enumerated(filter(None, parts)))


def attribution(note: Note) -> str:
    """Return in brackets how a note will be attributed in public, and whether in these words."""
    form = _("in these words") if note.kind in terms.VERBATIM else _("in substance")
    allowed = disclosure.attribution(note, "public")
    person = named_as(note.speaker, allowed) if note.speaker else None
    whose = f"{note.city_name} {person or ''}".strip()
    if note.disclosure == "anonymous":
        whose = _("without the city's name")
    return bracketed(enumerated(filter(None, (form, whose))))


def arrived(note: Note) -> str:
    """Return how and when a note came if not at the visit itself; may be empty."""
    how = terms.MODES.word(note.mode) if note.mode else ""
    return " ".join(part for part in (how, day(note.on_day)) if part)


def material(note: Note) -> str:
    """Return the material on which a note rests and the page there; may be empty."""
    return cited(note.material, note.page) if note.material else ""


def cited(number: int, page: str) -> str:
    """Return the material of that number, and the page there if one is said."""
    label = _("material {label}").format(label=number)
    return f"{label} p.{page}" if page else label


def published(note: Note) -> str:
    """Return in brackets as of when it held and where it was published; may be empty."""
    return origin(replace(note, speaker=None))


def place(note: Note) -> str:
    """Return the addresses under which a note is filed."""
    return ", ".join(str(address) for address in note.places) or _("unsorted")


def city(found: City, day: date) -> str:
    """Return the name of a city with its class on ``day``."""
    kind = found.class_on(day)
    return f"{found.name}{bracketed(terms.CLASSES.word(kind))}" if kind else found.name


def prefecture(of: City) -> str:
    """Return the prefecture of a city in the language in use."""
    return (language.current() == "en" and of.prefecture_en) or of.prefecture


def fact(found: CityFact, *, with_source: bool = False) -> str:
    """Return the value of a fact with its date, and its source if that is wanted."""
    about = [_("as of {date}").format(date=found.as_of)] + [found.source] * with_source
    return found.value + bracketed(enumerated(about))


def number(topic: Topic, question: Question | None) -> str:
    """Return the number of a question, or of the topic as such."""
    return f"{topic.number}/{question.number}" if question else str(topic.number)


def labels(question: Question) -> Iterator[str]:
    """Yield how a question is asked, in square brackets."""
    if question.common:
        yield _("[common question]")
    if question.send:
        yield _("[sent ahead]")
    if question.sensitive:
        yield _("[orally only: agree on disclosure first]")


def classes(question: Question) -> str:
    """Return for which cities a question is; empty for all."""
    names = enumerated(map(terms.ATTRIBUTES.word, question.classes))
    return _("for: {classes}").format(classes=names) if names else ""


def addressed(words: Words, to: City, day: date) -> str:
    """Return words of a guide with `{city_you}` as a letter of ``day`` to the city has it."""
    return str(words).replace("{city_you}", to.you_word(day, language.current()))


def in_short(text: str, longest: int) -> str:
    """Return the first words of a text on one line, with a sign where some are left out."""
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest]}…"


def labelled(label: str, text: str) -> str:
    """Return text behind its label and the colon of the language in use."""
    return f"{label}：{text}" if language.current() == "ja" else f"{label}: {text}"


def bracketed(text: str) -> str:
    """Return text in the brackets of the language in use; nothing for nothing."""
    if not text:
        return ""
    return f"（{text}）" if language.current() == "ja" else f" ({text})"


def day(iso: str) -> str:
    """Return an ISO date in words with its weekday; empty stays empty."""
    return in_words(date.fromisoformat(iso), language.current()) if iso else ""


def moment(utc: str) -> str:
    """Return a time of the database (UTC ISO 8601) as the local clock shows it."""
    return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")


def typed_for(purpose: Purpose) -> str:
    """Return what a draft was typed for: the command, what it was to write, how closed."""
    words = " ".join(filter(None, (purpose.command, purpose.target, purpose.place)))
    return words + bracketed(terms.DISCLOSURES.word(purpose.level) if purpose.level else "")


def period(since: str, until: str) -> str:
    """Return from when to when something held, ISO dates in words; an empty one is left open."""
    if since and until:
        return _("from {since} to {until}").format(since=day(since), until=day(until))
    if until:
        return _("until {until}").format(until=day(until))
    return _("since {since}").format(since=day(since)) if since else ""


def days(visit: Visit) -> str:
    """Return the day or days and the time of a visit in words."""
    if visit.days is None:
        return _("date not fixed")
    first, last = visit.days
    spoken = language.current()
    span = in_words(first, spoken) if last == first else span_in_words(first, last, spoken)
    return f"{span} {visit.time}".rstrip()


def state(found: Standing) -> str:
    """Return a state with its date and reason."""
    word = terms.STATES.word(found.state)
    if found.state == "to-follow" and found.answered:
        word = _("{answered}, more to follow").format(answered=terms.STATES.word("answered"))
    return word + bracketed(enumerated(filter(None, (due(found.due), found.reason))))


def due(iso: str) -> str:
    """Return by when something is due; nothing for nothing."""
    return _("due {date}").format(date=day(iso)) if iso else ""


def counts(found: Counts) -> str:
    """Return the counts in short: 回答3/7・後日1."""
    text = _("answered {answered}/{asked}").format(answered=found.answered, asked=found.asked)
    return text + (_(" · to follow {n}").format(n=found.to_follow) if found.to_follow else "")


def state_and_counts(state: str, found: Counts) -> str:
    """Return the state of a topic with its counts, if it has questions."""
    return terms.STATES.word(state) + bracketed(counts(found) if found.asked else "")


def audience_line(audience: str) -> str:
    """Return the line that heads a page: who may read it, and what it holds."""
    if audience == "public":
        return _("For the public. Holds only what may be published.")
    if audience == "group":
        return _(
            "Audience: {audience}. A statement that bears one of [to be confirmed] [anonymous] "
            "[group only] may not be quoted; one without a mark may."
        ).format(audience=terms.AUDIENCES.word(audience))
    return _(
        "Audience: {audience}. Holds everything, off-record statements too; not to be passed on."
    ).format(audience=terms.AUDIENCES.word(audience))
