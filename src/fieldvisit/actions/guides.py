"""`guide list`, `show`, `check`, `new`, `edit`, `diff`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path

from fieldvisit import stored
from fieldvisit.doors import inputs
from fieldvisit.doors.outputs import check_name, write_new, write_whole
from fieldvisit.errors import BadGuide, Conflict, Refused
from fieldvisit.fieldwork.draft import Purpose
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.storage import queries
from fieldvisit.study.change import changing
from fieldvisit.study.drafts import Draft, close, new_draft, offered
from fieldvisit.study.references import find_visit
from fieldvisit.study.view import viewing
from fieldvisit.text import checked

_SHOWN_PROBLEMS = 5


def guides(
    given: Settings,
) -> tuple[tuple[Guide, ...], Mapping[str, int], tuple[BadGuide, ...]]:
    """Return the guides as their files stand, how many visits use each, and what does not pass."""
    found, faulty = [], []
    with viewing(given, "all") as view:
        used = Counter(used.slug for visit in view.visits for used in visit.guides)
        for slug in view.guides.names():
            try:
                found.append(view.guides.current(slug))
            except BadGuide as error:
                faulty.append(error)
    return tuple(found), used, tuple(faulty)


def guide(given: Settings, slug: str, visit: str = "", audience: str = "all") -> Guide:
    """Return a guide as its file stands, or as a visit keeps it for all that ``audience`` knows."""
    with viewing(given, audience) as view:
        if not visit:
            return view.guides.current(slug)
        kept = {found.slug: found for found in view.guides.of(find_visit(view, visit))}
        return kept.get(slug) or view.guides.current(slug)


def check_guides(
    given: Settings, files: Sequence[Path]
) -> tuple[tuple[Path, tuple[str, ...]], ...]:
    """Return every file (none named = all of the study) with what is wrong with it, by line."""
    from fieldvisit.guide_files.reading import check, told

    paths = tuple(files) or tuple(sorted(given.study().guides.glob("*.yaml")))
    found = []
    for path in paths:
        _guide, problems = check(path)
        found.append((path, tuple(f"{path}:{line}" for line in told(problems))))
    return tuple(found)


def new_guide(given: Settings, slug: str, *, copy_of: str = "", title: str = "") -> Path:
    """Write the commented beginning of a guide, or a copy of another; return its file."""
    from fieldvisit.guide_files.starter import from_guide, starter

    folder = given.study().guides
    path = folder / f"{slug}.yaml"
    check_name(path)
    if copy_of:
        guide(given, copy_of)
        text = from_guide(inputs.text_of(folder / f"{copy_of}.yaml"), slug)
    else:
        text = starter(slug, checked(title or slug, _("title")))
    try:
        write_new(path, text.encode())
    except FileExistsError as error:
        raise Refused(
            _("There is a guide {path} already.").format(path=path),
            _("Nothing was changed. Edit it with: fieldvisit guide edit {slug}").format(slug=slug),
        ) from error
    stored.remember()
    return path


@contextmanager
def guide_draft(
    given: Settings, slug: str, outdated: Callable[[Draft], None]
) -> Iterator[tuple[Path, Draft]]:
    """Hold a draft of a guide, fresh or of before; ``outdated`` hears of those of another file."""
    place = given.study()
    with viewing(given, "all") as view:
        path = view.guides.existing(slug)
    data = inputs.bytes_of(path)
    purpose = Purpose("guide edit", slug, seen=_hash(data))
    with closing(offered(place, purpose)) as kept:
        for draft in kept:
            if _hash(draft.data()) == draft.purpose.seen:  # nobody wrote anything into it
                close(draft)
            elif draft.purpose.seen == purpose.seen:
                yield path, draft
                return
            else:
                outdated(draft)
    with new_draft(place, purpose, ".yaml", data) as draft:
        yield path, draft


def store_guide(given: Settings, path: Path, draft: Draft) -> bool:
    """Put an edited guide in its place, False if left as it was; BadGuide, Conflict."""
    from fieldvisit.guide_files.reading import check, told

    data = draft.data()
    if _hash(data) == draft.purpose.seen:
        return False
    kept = _("Your text is kept in {draft}. Mend it with: fieldvisit guide edit {slug}").format(
        draft=draft.path, slug=path.stem
    )
    _guide, problems = check(data, path.stem)
    if problems:
        lines = "\n".join(f"{path.name}:{line}" for line in told(problems[:_SHOWN_PROBLEMS]))
        raise BadGuide(_("The guide does not pass and was not stored:") + "\n" + lines, kept)
    with changing(given, "guide edit"):  # one at a time, also between comparing and writing
        if _hash(inputs.bytes_of(path)) != draft.purpose.seen:
            raise Conflict(
                _("{path} was changed meanwhile.").format(path=path),
                _("Your text is kept in {path}. Edit the guide as it is now.").format(
                    path=draft.path
                ),
            )
        write_whole(path, data)
    stored.remember()
    return True


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def guide_differences(given: Settings, slug: str, other: str, audience: str) -> tuple[str, ...]:
    """Return the lines of a unified diff of ``other``, a visit that keeps it or a file, to a guide.

    There are none where nothing differs.
    """
    with viewing(given, audience) as view:
        now = old = inputs.text_of(view.guides.existing(slug))
        if other.endswith((".yaml", ".yml")):
            old = inputs.text_of(Path(other))
        else:
            for used in find_visit(view, other).guides:
                if used.slug == slug and used.sha256:
                    old = queries.guide_file(view.connection, used.sha256)
    return tuple(unified_diff(old.splitlines(), now.splitlines(), lineterm=""))[2:]
