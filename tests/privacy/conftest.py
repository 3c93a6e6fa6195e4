from pathlib import Path

import pytest

from privacy import worlds


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study with visits and no notes."""
    folder = tmp_path_factory.mktemp("worlds") / "template"
    worlds.template(folder)
    return folder
