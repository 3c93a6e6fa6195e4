"""What a guide file may hold, as `fieldwork.guide` declares it: its keys, and their JSON Schema."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from msgspec import Struct, inspect, json

from fieldvisit.fieldwork.guide import Guide, Part, Probe, Question, Topic, Words
from fieldvisit.fieldwork.vocabulary import Vocabulary
from fieldvisit.language import _


class Key(Struct, frozen=True):
    """One key of a mapping in the file, and the ``field`` of its ``owner`` that takes the value.

    ``means`` is a sentence, ``expected`` a phrase (msgids), ``example`` YAML on one line. ``takes``
    is `str`, `bool` or a value class, of the entries where a list is ``listed``; they must fit
    ``pattern`` or be of ``known``. ``reserved`` maps a pattern to why it is not allowed (a msgid).
    ``shape`` holds what JSON Schema says of it beyond its type.
    """

    name: str
    owner: type[Part]
    field: str
    means: str
    expected: str
    example: str
    required: bool
    listed: bool
    takes: type
    pattern: str
    reserved: Mapping[str, str]
    known: Vocabulary | None
    shape: Mapping[str, Any]


@cache
def keys(model: type[Part]) -> dict[str, Key]:
    """Return the keys of the mapping that makes a ``model``, by name and in order.

    A field without description is none of them; if it holds a value class, the keys of that one
    stand in its place.
    """
    found: dict[str, Key] = {}
    for field in cast("inspect.StructType", inspect.type_info(model)).fields:
        if isinstance(field.type, inspect.StructType):
            found |= keys(field.type.cls)
        elif isinstance(field.type, inspect.Metadata):
            key = _key(model, field, field.type)
            found[key.name] = key
    return found


def speaks(model: type[Part]) -> bool:
    """Tell whether the mapping is words in two languages, one of which must say something."""
    return {"ja", "en"} <= keys(model).keys()


def _key(owner: type[Part], field: inspect.Field, declared: inspect.Metadata) -> Key:
    rule = declared
    if listed := isinstance(declared.type, inspect.VarTupleType):
        entry = declared.type.item_type
        rule = entry if isinstance(entry, inspect.Metadata) else inspect.Metadata(entry)
    shape, extra = declared.extra_json_schema or {}, declared.extra or {}
    rules = {**(rule.extra_json_schema or {}), **(rule.extra or {})}
    word = bool if isinstance(rule.type, inspect.BoolType) else str
    return Key(
        name=extra.get("name") or field.name,
        owner=owner,
        field=field.name,
        means=shape["description"],
        expected=shape["title"],
        example=extra.get("example", ""),
        required=field.required or shape.get("minItems", 0) > 0,
        listed=listed,
        takes=rule.type.cls if isinstance(rule.type, inspect.StructType) else word,
        pattern=rules.get("pattern", ""),
        reserved=rules.get("reserved", {}),
        known=rules.get("vocabulary"),
        shape=shape,
    )


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of guide files, described in the language in use."""
    _refs, made = json.schema_components((Guide,), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_mapping(Guide, made),
        "title": _("Interview guide of fieldvisit"),
        "$defs": {each.__name__: _mapping(each, made) for each in (Topic, Question, Probe, Words)},
    }


def written() -> bytes:
    """Return the schema file that is shipped and stands beside a study's guides."""
    return json.format(json.encode(schema(), order="sorted"), indent=2) + b"\n"


def _mapping(model: type[Part], made: dict[str, Any]) -> dict[str, Any]:
    known = keys(model)
    shape: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _property(key, made) for name, key in known.items()},
        "required": [name for name, key in known.items() if key.required],
    }
    if speaks(model):
        shape["anyOf"] = [{"required": ["ja"]}, {"required": ["en"]}]
    return shape


def _property(key: Key, made: dict[str, Any]) -> dict[str, Any]:
    shape: dict[str, Any] = {**made[key.owner.__name__]["properties"][key.field], **key.shape}
    if key.takes is not bool:
        shape.pop("default", None)  # what is left out is nothing, and nothing is never written
    return shape | {"title": _(key.expected), "description": _(key.means)}
