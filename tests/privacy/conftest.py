import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldvisit import language
from fieldvisit.settings import Settings
from privacy import worlds
from privacy.aviary import Aviary, aviary_in
from privacy.stories import told_once


@pytest.fixture(scope="session")
def _no_configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        language.use("en")
        yield


@pytest.fixture(scope="session")
def template(_no_configuration: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study with visits and no notes."""
    folder = tmp_path_factory.mktemp("worlds") / "template"
    worlds.template(folder)
    return folder


@pytest.fixture
def given(template: Path, tmp_path: Path) -> Settings:
    """A study like it, of its own."""
    folder = shutil.copytree(template, tmp_path / "study")
    return Settings(folder, str(folder), "書き手")


@pytest.fixture(scope="session")
def a_story(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study by chance with everything in it. Tests only read it."""
    folder = tmp_path_factory.mktemp("story") / "study"
    return told_once(template, folder, 6).study().folder


@pytest.fixture(scope="session")
def aviary(_no_configuration: None, tmp_path_factory: pytest.TempPathFactory) -> Aviary:
    """A study with a canary in every confidential field. Tests only read it."""
    return aviary_in(tmp_path_factory.mktemp("aviary") / "study")
