import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldvisit.doors.inputs import shipped_folder
from fieldvisit.errors import BadGuide, Refused
from fieldvisit.guide_files.reading import check
from fieldvisit.guide_files.starter import from_guide, starter


def test_a_starter_passes_and_has_the_name_and_title_given() -> None:
    guide, problems = check(starter("waste", "ごみ収集").encode(), "waste.yaml")
    assert problems == ()
    assert guide is not None
    assert (guide.slug, guide.title.ja, guide.title.en) == ("waste", "ごみ収集", "")
    assert [topic.key for topic in guide.topics] == ["first-topic", "other"]
    assert 'title: {en: "Waste"}' in starter("waste", "Waste")


@pytest.mark.parametrize("line", ["# for:", "# disclosure:"])
def test_what_is_commented_out_works_once_the_sign_is_taken_away(line: str) -> None:
    text = starter("waste", "x")
    assert line in text
    assert check(text.replace(line, line[2:]).encode(), "waste.yaml")[1] == ()


@given(st.text(min_size=1))
def test_any_title_is_kept_or_refused(title: str) -> None:
    try:
        text = starter("waste", title)
    except Refused:
        return
    guide, _problems = check(text.encode(), "waste.yaml")
    assert guide is not None
    assert str(guide.title) == title.strip()


@pytest.mark.parametrize(
    "slug", ["", "Waste", "waste collection", "../waste", "waste\n", "#", r"\1"]
)
def test_a_name_that_cannot_be_used_is_refused(slug: str) -> None:
    text = (shipped_folder() / "exchange-of-views.yaml").read_text(encoding="utf-8")
    with pytest.raises(BadGuide):
        starter(slug, "x")
    with pytest.raises(BadGuide):
        from_guide(text, slug)


def test_a_copy_keeps_everything_but_the_name() -> None:
    text = (shipped_folder() / "it-workforce.yaml").read_text(encoding="utf-8")
    copied = from_guide(text, "waste")
    assert copied == text.replace("\nguide: it-workforce\n", "\nguide: waste\n")
    old, new = check(text.encode())[0], check(copied.encode(), "waste.yaml")[0]
    assert old is not None
    assert new is not None
    assert new == replace(old, slug="waste", sha256=new.sha256)


@pytest.mark.parametrize("line", ["guide: 'g'  # name", 'guide:   "g"', "\ufeffguide: g"])
def test_a_copy_finds_the_name_however_it_is_written(line: str) -> None:
    text = f"{line}\nversion: 1\ntitle: {{ja: x}}\ntopics: [{{topic: a, title: {{ja: g}}}}]\n"
    assert check(from_guide(text, "new").encode(), "new.yaml")[1] == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "{guide: g, version: 1, title: {ja: x}, topics: [{topic: a, title: {ja: g}}]}",
            "not found",
        ),
        ("guide: g", "Line 1"),
    ],
)
def test_what_has_no_name_to_be_found_or_has_faults_is_not_copied(text: str, reason: str) -> None:
    with pytest.raises(BadGuide, match=reason):
        from_guide(text, "new")
