"""`guide list`, `show`, `check`, `new`, `edit`, `diff`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldvisit.actions.drafts import Draft, drafts, offered, open_draft
from fieldvisit.actions.looking import looking
from fieldvisit.actions.references import find_visit
from fieldvisit.errors import BadGuide, Refused
from fieldvisit.fieldwork.guide import Guide
from fieldvisit.fieldwork.guide_diff import Change, differences
from fieldvisit.files import write_whole
from fieldvisit.language import _
from fieldvisit.settings import Settings
from fieldvisit.text import checked


def guides(given: Settings) -> tuple[tuple[Guide, ...], Mapping[str, int]]:
    """Return the guides as their files stand, and how many visits use each."""
    with looking(given, "all") as look:
        used = Counter(used.slug for visit in look.visits for used in visit.guides)
        return tuple(look.shelf.current(slug) for slug in look.shelf.names()), used


def guide(given: Settings, slug: str, visit: str = "") -> Guide:
    """Return a guide as its file stands, or as a visit keeps it."""
    with looking(given, "all") as look:
        if not visit:
            return look.shelf.current(slug)
        kept = {found.slug: found for found in look.shelf.of(find_visit(look, visit))}
        return kept.get(slug) or look.shelf.current(slug)


def check_guides(
    given: Settings, files: Sequence[Path]
) -> tuple[tuple[Path, tuple[str, ...]], ...]:
    """Return every file (none named = all of the study) with what is wrong with it, by line."""
    from fieldvisit.guide_files.reading import check

    paths = tuple(files) or tuple(sorted(given.study().guides.glob("*.yaml")))
    found = []
    for path in paths:
        _guide, problems = check(path)
        found.append((path, tuple(f"{path}:{p.line}: {p.path}: {p.sentence}" for p in problems)))
    return tuple(found)


def new_guide(given: Settings, slug: str, *, copy_of: str = "", title: str = "") -> Path:
    """Write the commented beginning of a guide, or a copy of another; return its file."""
    from fieldvisit.guide_files.starter import from_guide, starter

    folder = given.study().guides
    path = folder / f"{slug}.yaml"
    if copy_of:
        source = folder / f"{copy_of}.yaml"
        guide(given, copy_of)
        text = from_guide(source.read_text(encoding="utf-8"), slug)
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
    """Return a guide's file and a draft of it: one that did not pass before, else a fresh one."""
    place = given.study()
    path = place.guides / f"{slug}.yaml"
    with looking(given, "all") as look:
        if not path.exists():
            look.shelf.current(slug)
    subject = f"guide-{slug}"
    kept = offered(drafts(place), subject)
    text = path.read_bytes().decode("utf-8-sig", "replace")
    return path, kept or open_draft(place, subject, ".yaml", text)


def store_guide(path: Path, draft: Path) -> None:
    """Put an edited guide in the place of its file if it passes; BadGuide says why not."""
    from fieldvisit.guide_files.reading import check

    data = draft.read_bytes()
    _guide, problems = check(data, path.stem)
    if problems:
        lines = [f"{p.line}: {p.path}: {p.sentence}" for p in problems[:5]]
        raise BadGuide(
            _("The guide does not pass and was not stored:") + "\n" + "\n".join(lines),
            _("Your text is kept in {draft}. Mend it with: fieldvisit guide edit {slug}").format(
                draft=draft, slug=path.stem
            ),
        )
    write_whole(path, data)


def guide_differences(given: Settings, slug: str, other: str) -> tuple[Change, ...]:
    """Return what the file of a guide changed since a visit kept it, or since another file.

    ``other`` is a visit or the path of a guide file.
    """
    from fieldvisit.guide_files.reading import read

    is_file = other.endswith((".yaml", ".yml"))
    old = read(Path(other)) if is_file else guide(given, slug, other)
    return tuple(differences(old, guide(given, slug)))
