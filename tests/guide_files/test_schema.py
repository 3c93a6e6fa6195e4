import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given

from fieldvisit import language
from fieldvisit.doors.inputs import SCHEMA_FILE, shipped_folder, shipped_schema
from fieldvisit.fieldwork.guide import Guide, Part, Probe, Question, Topic, Words
from fieldvisit.guide_files.schema import keys, schema, written
from fieldvisit.language import _
from guide_files.strategies import as_content, guides
from guide_files.test_faults import GUIDE, PLAIN


def problems(content: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema())
    return [".".join(map(str, e.absolute_path)) for e in validator.iter_errors(content)]


def content(text: str) -> Any:
    """What an editor sees of a file: strings, lists and mappings, and `true` and `false`."""
    return json.loads(
        json.dumps(yaml.load(text, yaml.BaseLoader))
        .replace('"true"', "true")
        .replace('"false"', "false")
    )


def test_the_schema_is_a_schema_that_a_good_guide_fits() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert problems(content(GUIDE)) == []
    assert problems(content(GUIDE) | {"version": 1.1}) == []


@pytest.mark.parametrize(("old", "new"), [fault[:2] for fault in PLAIN])
def test_an_editor_sees_each_plain_fault_that_the_reader_tells(old: str, new: str) -> None:
    assert problems(content(GUIDE.replace(old, new)))


def test_the_shipped_schema_is_the_one_the_value_classes_give() -> None:
    assert shipped_schema().name == SCHEMA_FILE
    assert shipped_schema().read_bytes() == written()


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.yaml")), ids=lambda p: p.stem)
def test_the_shipped_guides_fit_the_schema_they_name(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    assert problems(yaml.safe_load(text)) == []


@given(guides())
def test_what_the_reader_takes_fits(guide: Guide) -> None:
    assert problems(as_content(guide)) == []


@pytest.mark.parametrize("model", [Guide, Topic, Question, Probe, Words])
def test_each_key_says_what_it_is_in_both_languages(model: type[Part]) -> None:
    for key in keys(model).values():
        for sentence in (key.means, key.expected, model.called):
            with language.speaking("ja"):
                assert sentence
                assert _(sentence) != sentence


def test_all_fields_but_two_stand_in_the_file() -> None:
    """A field without a description would be left out in silence."""
    left_out = {
        (model, field)
        for model in (Guide, Topic, Question, Words)
        for field in model.__struct_fields__
        if field not in {key.field for key in keys(model).values()}
    }
    assert left_out == {(Guide, "sha256"), (Topic, "number"), (Question, "number")}
    assert set(keys(Probe)) == {"ja", "en", "for"}
