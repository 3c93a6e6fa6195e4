"""Where the study is, who writes, which audience: read once from options, environment, file."""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from fieldvisit.doors import inputs
from fieldvisit.doors.kept import DATABASE, DRAFTS, GUIDES, MATERIALS
from fieldvisit.errors import BadText, NoStudyHere, WrongUsage
from fieldvisit.fieldwork.disclosure import tighter
from fieldvisit.fieldwork.terms import AUDIENCES
from fieldvisit.harmless import visible
from fieldvisit.language import _
from fieldvisit.text import storable

_WRITTEN = ("by", "audience")  # what the configuration file may say


class Study(Struct, frozen=True):
    """The folder of a study and what lies in it."""

    folder: Path

    @property
    def database(self) -> Path:
        """Return the database's path."""
        return self.folder / DATABASE

    @property
    def guides(self) -> Path:
        """Return the folder of the guide files."""
        return self.folder / GUIDES

    @property
    def materials(self) -> Path:
        """Return the folder in which materials of visits are copied."""
        return self.folder / MATERIALS

    @property
    def drafts(self) -> Path:
        """Return the folder in which unfinished text is kept."""
        return self.folder / DRAFTS


class Settings(Struct, frozen=True):
    """What holds for one run of the program.

    ``study_option`` is `--study` or FIELDVISIT_STUDY, empty if not given. ``audience`` is what
    FIELDVISIT_AUDIENCE or the configuration asks for, empty if nothing.
    """

    start: Path
    study_option: str = ""
    by: str = ""
    audience: str = ""

    def find_study(self) -> Study | None:
        """Return the study named, else the nearest upward, else None."""
        if self.study_option:
            named = Study(inputs.expanded(self.study_option))
            return named if _stands(named.database, in_doubt=True) else None
        for folder in (self.start, *self.start.parents):
            if _stands(folder / DATABASE, in_doubt=False):
                return Study(folder)
        return None

    def study(self) -> Study:
        """Return the study; NoStudyHere says how to make one."""
        found = self.find_study()
        if found is None:
            where = self.study_option or self.start
            raise NoStudyHere(
                _("There is no study in {folder}.").format(folder=where),
                _("Make one with: fieldvisit init. Or name its folder with --study DIR."),
            )
        return found

    def author(self) -> str:
        """Return who writes: FIELDVISIT_BY, the configuration, else the login name."""
        return self.by or _login_name()

    def audience_for(self, asked: str, default: str, *, on_terminal: bool) -> str:
        """Return the audience of an output.

        ``asked`` is the option, ``default`` the command's own (`work` = all at the keyboard).
        A file or a pipe never gets `all` unasked, and settings loosen on a terminal only.
        """
        if asked:
            return AUDIENCES.read(asked)
        usual = ("all" if on_terminal else "group") if default == "work" else default
        if not self.audience:
            return usual
        wanted = AUDIENCES.read(self.audience)
        return wanted if on_terminal else tighter(wanted, usual)


def load(environment: Mapping[str, str], start: Path, *, study: str = "", by: str = "") -> Settings:
    """Read the settings: options, then environment, then the configuration file."""
    written = _configuration(configuration_file())
    return Settings(
        start=start,
        study_option=study or environment.get("FIELDVISIT_STUDY", ""),
        by=storable(by or environment.get("FIELDVISIT_BY", "") or written.get("by", ""), "--by"),
        audience=environment.get("FIELDVISIT_AUDIENCE", "") or written.get("audience", ""),
    )


def configuration_file() -> Path:
    """Return where `config.toml` is looked for: the platform's folder for configurations."""
    import platformdirs

    return platformdirs.user_config_path("fieldvisit", appauthor=False) / "config.toml"


def _stands(path: Path, *, in_doubt: bool) -> bool:
    """Tell whether something stands there; ``in_doubt`` if it may not be looked at."""
    try:
        return path.exists()
    except OSError:
        return in_doubt


def _configuration(path: Path) -> dict[str, str]:
    try:
        text = inputs.text_of(path) if _stands(path, in_doubt=False) else ""
    except BadText as error:
        raise WrongUsage(error.sentence, _('Write it like this: by = "name"')) from error
    if not text:
        return {}
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongUsage(
            _("{path} cannot be read: {reason}").format(path=path, reason=error),
            _('Write it like this: by = "name"'),
        ) from error
    for name in _WRITTEN:
        if not isinstance(values.get(name, ""), str):
            raise WrongUsage(
                _("{path}: {name} is not a text.").format(path=path, name=name),
                _('Write it like this: by = "name"'),
            )
    return {name: values[name] for name in _WRITTEN if name in values}


def _login_name() -> str:
    import getpass

    try:
        return visible(getpass.getuser())  # which may hold bytes that are no text
    except (OSError, KeyError, ImportError):
        return os.environ.get("USERNAME", "-")
