"""The guides of a study: as their files stand now, and as visits keep them."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from fieldvisit.errors import BadGuide, NotFound
from fieldvisit.fieldwork.crosswalk import fitted
from fieldvisit.fieldwork.guide import Guide, from_json
from fieldvisit.fieldwork.study import Study
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.guide_files import bytes_of
from fieldvisit.language import _, enumerated


class StudyGuides:
    """Guides by name, read when asked for; one whose SHA-256 is ``kept`` needs no YAML."""

    def __init__(self, folder: Path, kept: Mapping[str, str]) -> None:
        self.folder = folder
        self._kept = kept
        self._read: dict[str, Guide] = {}
        self._now: dict[str, Guide] = {}
        self._files: dict[str, bytes] = {}

    def path(self, slug: str) -> Path:
        """Return the file of a guide, which need not exist."""
        return self.folder / f"{slug}.yaml"

    def names(self) -> tuple[str, ...]:
        """Return the names of the guides that have a file, in order."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.yaml")))

    def existing(self, slug: str) -> Path:
        """Return the file of a guide; NotFound lists what there is. No path leads outside."""
        if slug not in self.names():
            raise NotFound(
                _("There is no guide “{slug}” in {folder}.").format(slug=slug, folder=self.folder),
                _("There are: {names}").format(names=enumerated(self.names()) or "-"),
            )
        return self.path(slug)

    def current(self, slug: str) -> Guide:
        """Return the guide as its file stood when first asked for; NotFound or BadGuide say why."""
        if slug in self._now:
            return self._now[slug]
        path = self.existing(slug)
        data = bytes_of(path)
        digest = hashlib.sha256(data).hexdigest()
        self._files[digest] = data
        if digest not in self._read:
            if digest in self._kept:
                self._read[digest] = from_json(self._kept[digest])
            else:
                from fieldvisit.guide_files.reading import read

                self._read[digest] = read(path, data)
        self._now[slug] = self._read[digest]
        return self._now[slug]

    def file_of(self, guide: Guide) -> str:
        """Return the file from which ``current`` read a guide; not as lines, whose ends change."""
        return self._files[guide.sha256].decode("utf-8")

    def snapshot(self, sha256: str) -> Guide:
        """Return a guide as a visit keeps it."""
        if sha256 not in self._read:
            self._read[sha256] = from_json(self._kept[sha256])
        return self._read[sha256]

    def of(self, visit: Visit) -> tuple[Guide, ...]:
        """Return the guides of a visit, kept or as their files stand, with what was decided."""
        try:
            guides = tuple(
                self.snapshot(used.sha256) if used.sha256 else self.current(used.slug)
                for used in visit.guides
            )
        except NotFound as error:
            error.hint = _(
                "{visit} uses it: put the file back, or name another guide: "
                "fieldvisit visit edit {visit} --guide GUIDE. {there}"
            ).format(visit=visit.handle, there=error.hint)
            raise
        return fitted(guides, visit.questions)

    def in_use(self, study: Study, visits: Iterable[Visit]) -> tuple[Guide, ...]:
        """Return every guide in use: those of the study, then others, each newest first."""
        visits = tuple(visits)
        slugs = dict.fromkeys(
            [*study.guides, *(used.slug for visit in visits for used in visit.guides)]
        )
        found: dict[str, Guide] = {}
        for slug in slugs:
            kept = [
                used.sha256
                for visit in reversed(visits)
                for used in visit.guides
                if used.slug == slug and used.sha256
            ]
            try:
                guide = self.current(slug)
                found.setdefault(guide.sha256, guide)
            except NotFound:
                pass
            except BadGuide:
                if not kept:  # else what visits keep can be read all the same
                    raise
            found |= {sha256: self.snapshot(sha256) for sha256 in kept if sha256 not in found}
        return tuple(found.values())
