"""`confirm list` in every form and language."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.harness import OFF_RECORD, Run, assert_refused
from fieldvisit.study import view


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_list_in_every_form(run: Run, noted: Path, lang: str) -> None:
    path = noted / "a.md"
    words = ("chiba-1", "--due", "2019-11-30", "-o", str(path))
    with pytest.MonkeyPatch.context() as then:
        then.setattr(view, "date", SimpleNamespace(today=lambda: date(2019, 11, 1)))
        assert run("confirm", "send", *words).code == 0
    for name in ("table", "md", "csv"):
        text = run("confirm", "list", "--format", name, lang=lang).out
        assert ("OVERDUE" if lang == "en" else "期限超過") in text
        assert ("not sent" if lang == "en" else "未依頼") in text
        assert OFF_RECORD not in text
    data = json.loads(run("confirm", "list", "--json", lang=lang).out)
    assert data["schema"] == "fieldvisit.confirmations/1"
    assert data["confirmations"][0]["overdue"]
    group = run("confirm", "list", "--study-group", "wg", "--json").json["confirmations"]
    assert {one["note"] for one in group} == {one["note"] for one in data["confirmations"]}
    assert_refused(run("confirm", "list", "--study-group", "none"), 1, "none")
