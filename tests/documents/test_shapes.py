"""The JSON shapes of the contract: keys and fixed values, English whatever is spoken."""

from datetime import date

import pytest
from msgspec.structs import replace

from documents.values import CHIBA, GUIDE, HIMEJI, OURS, REGISTER, V1, VISIT, note
from fieldvisit import language
from fieldvisit.documents import shapes
from fieldvisit.fieldwork.disclosure import visit_for
from fieldvisit.fieldwork.note import Source


@pytest.fixture(autouse=True, params=["en", "ja"])
def _in_both_languages(request: pytest.FixtureRequest) -> None:
    language.use(request.param)


def test_a_city() -> None:
    assert shapes.city(HIMEJI, date(2019, 11, 1)) == {
        "code": "282014", "name": "姫路市", "prefecture": "兵庫県", "kana": "ひめじし",
        "romaji": "himeji", "class": "core-city",
        "attributes": [
            {"name": "core-city", "since": None, "until": None},
            {"name": "regional-hub", "since": "2015-02-06", "until": None},
        ],
    }  # fmt: skip
    assert shapes.city(CHIBA, date(1990, 1, 1))["class"] is None
    assert shapes.city(OURS, date(2019, 1, 1))["code"] is None
    assert shapes.city_name(OURS) == {"code": None, "name": "架空村"}


def test_a_visit() -> None:
    assert shapes.visit(VISIT, CHIBA, [GUIDE]) == {
        "handle": "chiba-1", "id": V1, "city": {"code": "121002", "name": "千葉市"},
        "date": "2019-10-21", "until": None, "time": "13:30", "place": "市役所", "status": "held",
        "mode": "onsite", "sent": None, "consent": None, "contact": "窓口の人",
        "guides": [{"guide": "it", "version": "2", "sha256": "abc123"}], "study_groups": ["jimu"],
        "interviewers": ["佐藤"],
        "respondents": [{"department": "情報部", "position": "課長", "name": "山田太郎"}],
    }  # fmt: skip


def test_a_visit_for_the_public_names_nobody() -> None:
    shape = shapes.visit(visit_for(VISIT, "public"), CHIBA, [GUIDE])
    assert shape["interviewers"] == []
    assert shape["respondents"] == [{"department": "情報部", "position": "課長", "name": None}]
    assert (shape["contact"], shape["consent"]) == (None, None)


def test_a_note_without_place_or_source() -> None:
    shape = shapes.note(note("aaaa", ""), REGISTER)
    assert (shape["topic"], shape["question"], shape["also"], shape["source"]) == (
        None, None, [], None
    )  # fmt: skip
    source = shapes.note(replace(note("a"), source=Source(url="https://example.jp")), REGISTER)
    assert source["source"] == {"title": "", "url": "https://example.jp", "date": None}


def test_a_guide() -> None:
    shape = shapes.guide(GUIDE)
    assert {key: shape[key] for key in ("guide", "version", "title", "sha256")} == {
        "guide": "it", "version": "2", "title": {"ja": "ヒアリング項目", "en": "Questions"},
        "sha256": "abc123",
    }  # fmt: skip
    rpa, other = shape["topics"]
    assert (other["short"], other["questions"]) == ({"ja": "その他", "en": "Other"}, [])
    assert rpa["short"] == {"ja": "AI・RPA", "en": "AI, RPA"}
    assert [question["number"] for question in rpa["questions"]] == [1, 3, 5, 7, 8]
    status, dropped, effect, wards, _plans = rpa["questions"]
    assert status["probes"] == [
        {"ja": "何件ですか。", "en": "How many?", "for": []},
        {"ja": "区では。", "en": "And the wards?", "for": ["designated-city"]},
    ]
    assert (status["common"], status["send"], status["sensitive"]) == (True, True, False)
    assert (dropped["sensitive"], dropped["disclosure"]) == (True, "group")
    assert effect["gate"] == {"ja": "{city_you}が導入済みの場合", "en": "if {city_you} uses it"}
    assert (wards["for"], wards["gate"]) == (["designated-city"], None)
