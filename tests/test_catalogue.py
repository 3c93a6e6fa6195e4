"""The Japanese catalogue: complete, in step with the code, and Japanese."""

import gettext
import importlib.util
import re
import shutil
import string
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from catalogue_texts import (
    CATALOGUE,
    ENGLISH_SENTENCE,
    JAPANESE,
    ROOT,
    catalogue,
    messages,
    pairs,
    texts,
)

POLITE = ("です", "ます", "ません", "でした", "ました", "ください", "でしょう", "ましょう", "か")


@cache
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name is not None}


def one_id(found: str | tuple[str, ...] | list[str]) -> str:
    return "\0".join(texts(found))


def test_the_catalogue_holds_what_the_code_says_and_nothing_else() -> None:
    said = {one_id(sentence) for sentence in dev().sentences()}
    known = {one_id(message.id) for message in messages()}
    renew = "renew it with: python dev.py fix"
    assert said - known == set(), renew
    assert known - said == set(), renew
    assert not catalogue().obsolete, renew


def test_sentences_are_found_wherever_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        'a = _("One " "sentence.").format(x=_("two"))\n'
        'b = counted("{n} cat", "{n} cats", 3) + N_("three")\n'
        'c = f"{_(\'four\')}: " + _(b or "") + _(names[\'five\']) + other("six")\n'
        'd = option(metavar="NAME") + option(metavar="ja|en")\n'
    )
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(dev(), "HERE", tmp_path)
    assert set(dev().sentences()) == {
        "One sentence.", "two", ("{n} cat", "{n} cats"), "three", "four", "NAME"
    }  # fmt: skip


def test_each_text_is_translated_with_its_placeholders() -> None:
    for message in messages():
        assert not message.fuzzy, message.id
        wanted = set().union(*map(placeholders, texts(message.id)))
        for text in texts(message.string):
            assert text.strip(), message.id
            assert placeholders(text) == wanted, message.id


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    wanted: dict[str | tuple[str, int], str] = {}
    for message in messages():
        singular, *plural = texts(message.id)
        wanted[(singular, 0) if plural else singular] = texts(message.string)[0]
    found = {name: text for name, text in compiled._catalog.items() if name}  # type: ignore[attr-defined]
    assert found == wanted, "compile it with: python dev.py fix"


def test_renewing_changes_nothing_that_is_not_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(shutil.copy(CATALOGUE, tmp_path))
    monkeypatch.setattr(dev(), "CATALOGUE", str(copy))
    monkeypatch.setattr(Catalog, "mime_headers", Catalog.mime_headers)  # renewing replaces it
    dev().renew_catalogue()
    once = copy.read_bytes(), copy.with_suffix(".mo").read_bytes()
    dev().renew_catalogue()
    assert (copy.read_bytes(), copy.with_suffix(".mo").read_bytes()) == once
    with copy.open("rb") as file:
        renewed = {one_id(m.id): texts(m.string) for m in read_po(file, locale="ja") if m.id}
    assert renewed == {one_id(m.id): texts(m.string) for m in messages()}


def test_the_header_names_nobody_and_no_day() -> None:
    head = CATALOGUE.read_text(encoding="utf-8").split("\n\n")[0]
    assert "charset=utf-8" in head
    assert not re.search(r"@|Date|VERSION|FULL NAME", head)


def test_sentences_end_like_sentences() -> None:
    for english, japanese in pairs():
        if " " in english and english.endswith((".", "?")) and "..." not in english:
            assert japanese.endswith("。"), japanese
        assert not japanese.endswith(POLITE), f"。 is missing: {japanese}"


def test_japanese_is_written_with_its_own_signs() -> None:
    letter = "[\u3040-\u30ff\u4e00-\u9fff]"
    faults = {
        "half-width kana": "[\uff61-\uff9f]",
        "an English sign behind Japanese": rf"{letter} ?[,;!?(]|{letter}\.(?!\.\.)",
        "an English sign before Japanese": rf"[,;!?)]{letter}",
        "two signs for one": "[、。：；] *[、。：；]",
        "a blank too many": "[（「【] | [）」】、。]|  ",
        "English quotation marks": "[“”‘’]",
    }
    for english, japanese in pairs():
        found = [name for name, pattern in faults.items() if re.search(pattern, japanese)]
        assert not found, f"{found} in {japanese}"
        for opened, closed in ("（）", "「」", "【】"):
            assert japanese.count(opened) == japanese.count(closed), japanese
        assert JAPANESE.search(japanese) or not ENGLISH_SENTENCE.search(english), japanese
