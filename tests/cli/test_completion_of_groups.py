"""Study groups are offered wherever one is named."""

from pathlib import Path

import pytest

from cli.harness import Run, run_here


@pytest.mark.parametrize(
    "line",
    ["compare --study-group ", "status --study-group ", "note list --study-group ",
     "prepare --study-group ", "search x --study-group ", "coverage --study-group ",
     "visit list --study-group ", "visit show --study-group ", "material list --study-group ",
     "visit add chiba --study-group ", "study edit --study-group ", "note add --only-for "],
)  # fmt: skip
def test_groups_are_offered(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    run("study-group", "add", "tf", "特別委員会")
    words = f"fieldvisit {line}".split(" ")
    monkeypatch.setenv("_FIELDVISIT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", " ".join(words[:-1]))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    result = run_here()
    assert (result.err, result.out.split()) == ("", ["wg", "tf"])
