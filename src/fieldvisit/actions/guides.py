"""`guide list`, `show`, `check`, `new`, `edit`, `diff`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldvisit.errors import BadGuide, Conflict, Refused
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.guide_diff import Change, differences
from fieldvisit.files import write_whole
from fieldvisit.language import _, together
from fieldvisit.settings import Settings
from fieldvisit.study.drafts import Draft, drafts, offered, open_draft
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
    if copy_of:
        guide(given, copy_of)
        source = folder / f"{copy_of}.yaml"
        text = from_guide(source.read_text(encoding="utf-8-sig"), slug)
    else:
        text = starter(slug, checked(title or slug, _("title")))
    if path.exists():
        raise Refused(
            _("There is a guide {path} already.").format(path=path),
            _("Nothing was changed. Edit it with: fieldvisit guide edit {slug}").format(slug=slug),
        )
    write_whole(path, text.encode())
    return path


def guide_draft(given: Settings, slug: str) -> tuple[Path, Draft]:
    """Return a guide's file and a draft of it: one that did not pass before, else a fresh one.

    The draft keeps beside it the bytes of the file that it was made from.
    """
    place = given.study()
    with viewing(given, "all") as view:
        path = view.guides.existing(slug)
    subject = f"guide-{slug}"
    kept = next((d for d in offered(drafts(place), subject) if d.beside.exists()), None)
    data = path.read_bytes()
    return path, kept or open_draft(place, subject, ".yaml", data, data)


def store_guide(path: Path, draft: Draft) -> bool:
    """Put an edited guide in the place of its file; return False if it was left as it is.

    Raises BadGuide if it does not pass, Conflict if the file has become another meanwhile.
    """
    from fieldvisit.guide_files.reading import check, told

    data, before = draft.path.read_bytes(), draft.beside.read_bytes()
    if data == before:
        return False
    kept = _("Your text is kept in {draft}. Mend it with: fieldvisit guide edit {slug}").format(
        draft=draft.path, slug=path.stem
    )
    _guide, problems = check(data, path.stem)
    if problems:
        lines = "\n".join(f"{path.name}:{line}" for line in told(problems[:_SHOWN_PROBLEMS]))
        raise BadGuide(_("The guide does not pass and was not stored:") + "\n" + lines, kept)
    if path.read_bytes() != before:
        write_whole(draft.beside, path.read_bytes())
        raise Conflict(
            _("{path} was changed meanwhile.").format(path=path),
            together(_("Take over what is new there, then save again."), kept),
        )
    write_whole(path, data)
    return True


def guide_differences(given: Settings, slug: str, other: str, audience: str) -> tuple[Change, ...]:
    """Return what the file of a guide changed since a visit kept it, or since another file.

    ``other`` is a visit or the path of a guide file.
    """
    from fieldvisit.guide_files.reading import read

    is_file = other.endswith((".yaml", ".yml"))
    old = read(Path(other)) if is_file else guide(given, slug, other, audience)
    return tuple(differences(old, guide(given, slug)))
