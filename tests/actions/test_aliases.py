"""Names that are entered: what each is taken to stand for, what is refused, the way back."""

import pytest
from hypothesis import given as having
from hypothesis import strategies as st

from conftest import Fresh
from examples import examples
from fieldvisit.actions.aliases import add_alias, aliases, ignore_texts, remove_alias
from fieldvisit.actions.undo import undo
from fieldvisit.errors import Ambiguous, BadText, NotFound, Refused, WrongUsage
from fieldvisit.fieldwork.study import NameAlias
from fieldvisit.settings import Settings


def entered(given: Settings, audience: str = "all") -> list[tuple[str, str, str]]:
    found, _cities = aliases(given, audience)
    return [(alias.kind, alias.name, alias.stands_for) for alias in found]


@pytest.mark.parametrize(
    ("name", "kind", "stands_for", "stored"),
    [
        ("千葉", "", "千葉市", ("city", "千葉", "121002")),
        ("千葉", "city", "chiba", ("city", "千葉", "121002")),
        ("千葉", "", "１２１００２", ("city", "千葉", "121002")),
        ("兵庫", "", "兵庫県", ("city", "兵庫", "兵庫県")),
        ("つくば研究学園", "", "つくば", ("city", "つくば研究学園", "082201")),
        ("山田", "", "山田太郎", ("person", "山田", "山田太郎")),
        ("情報", "", "情報経営部", ("department", "情報", "情報経営部")),
        (" RPAくん ", "system", "", ("system", "RPAくん", "")),
        ("富士電算", "vendor", "", ("vendor", "富士電算", "")),
    ],
)
def test_a_name_is_entered(
    field: Settings, name: str, kind: str, stands_for: str, stored: tuple[str, str, str]
) -> None:
    add_alias(field, name, kind, stands_for)
    assert entered(field) == [stored]
    undo(field)
    assert entered(field) == []
    add_alias(field, name, kind, stands_for)
    remove_alias(field, name, "")
    assert entered(field) == []
    undo(field)
    assert entered(field) == [stored]


@pytest.mark.parametrize(
    ("name", "kind", "stands_for", "error"),
    [
        ("", "vendor", "", BadText), ("津", "", "千葉市", BadText),
        ("・・", "vendor", "", BadText), ("Ａ", "system", "", BadText),
        ("a\0b", "system", "", BadText), ("City", "vendor", "", BadText),
        ("システム", "system", "", BadText), ("千葉", "city", "", WrongUsage),
        ("千葉", "", "", WrongUsage), ("千葉", "word", "", WrongUsage),
        ("千葉", "city", "無い市", NotFound), ("千葉", "", "121003", WrongUsage),
        ("山田", "person", "無い人", NotFound), ("山田", "department", "山田太郎", NotFound),
        ("ＲＰＡ君", "vendor", "", Refused),
    ],
)  # fmt: skip
def test_what_cannot_be_a_name_is_refused(
    field: Settings, name: str, kind: str, stands_for: str, error: type[Refused]
) -> None:
    add_alias(field, "rpa君", "vendor", "")
    with pytest.raises(error):
        add_alias(field, name, kind, stands_for)
    assert entered(field) == [("vendor", "rpa君", "")]


def test_a_name_may_be_of_two_kinds_and_is_taken_away_by_one(field: Settings) -> None:
    add_alias(field, "さくら", "system", "")
    add_alias(field, "さくら", "vendor", "")
    with pytest.raises(Ambiguous):
        remove_alias(field, "さくら", "")
    with pytest.raises(Ambiguous):
        add_alias(field, "桜井", "", "さくら")
    add_alias(field, "桜井", "vendor", "さくら")
    remove_alias(field, "さくら", "system")
    assert entered(field) == [("vendor", "さくら", ""), ("vendor", "桜井", "さくら")]
    with pytest.raises(NotFound):
        remove_alias(field, "さくら", "system")


def test_names_of_people_are_not_for_the_public(field: Settings) -> None:
    add_alias(field, "山田", "", "山田太郎")
    add_alias(field, "さくら", "system", "")
    assert entered(field, "public") == [("system", "さくら", "")]
    assert len(entered(field, "group")) == 2


@pytest.mark.parametrize("text", ["千葉市の山田太郎", "千葉市", "山田 太郎"])
def test_what_holds_a_name_of_the_study_is_not_ticked_off(field: Settings, text: str) -> None:
    with pytest.raises(Refused) as refused:
        ignore_texts(field, ["500人", text])
    assert "holds a name of the study" in refused.value.sentence
    assert entered(field) == []


def test_texts_are_ticked_off_together_and_seen_by_those_in_charge(field: Settings) -> None:
    assert len(ignore_texts(field, ["千葉大学", " 336人", "336人"])) == 2
    assert ignore_texts(field, ["336人"]) == ()
    stored = [("word", "千葉大学", ""), ("word", "336人", "")]
    assert entered(field) == stored
    assert entered(field, "group") == entered(field, "public") == []
    undo(field)
    assert entered(field) == []
    ignore_texts(field, ["336人", "千葉大学"])
    remove_alias(field, "千葉大学", "")
    assert entered(field) == [stored[1]]


@examples(25)
@having(name=st.text(max_size=12), kind=st.sampled_from(["system", "vendor", "word", "person"]))
def test_any_text_is_stored_as_typed_or_refused(fresh_study: Fresh, name: str, kind: str) -> None:
    given = fresh_study()
    try:
        if kind == "word":
            (stored,) = ignore_texts(given, [name])
        else:
            stored = add_alias(given, name, kind, "")
    except BadText:
        assert entered(given) == []
        return
    assert isinstance(stored, NameAlias)
    assert entered(given) == [(kind, name.strip(), "")]
