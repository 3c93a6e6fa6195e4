"""Every form in which a canary may leak is known again, wherever it stands in a text."""

import base64
import io
import zipfile

from privacy.canaries import ENCODINGS, ESCAPES, GROUP, OFF_RECORD, Cage, can, unzipped

AROUND = "話は{}だと言う"


def in_every_form(text: str) -> list[bytes]:
    found = [text.encode(name) for name in (*ENCODINGS, "iso-2022-jp") if can(text, name)]
    found += [escape(text).encode() for escape in ESCAPES.values()]
    for before in ("", "-", "--"):
        found += [base64.b64encode((before + text).encode()), (before + text).encode("utf-7")]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as office:
        office.writestr("word/document.xml", text * 9)
    return [*found, unzipped(file.getvalue())]


def test_a_canary_is_known_again_in_every_form_and_other_words_are_none() -> None:
    for family in (OFF_RECORD, GROUP):
        assert Cage(family).leaks(AROUND.format("普通").encode()) == []
        for word in family:
            forms = in_every_form(AROUND.format(word))
            assert len(forms) > len(ESCAPES) + 9
            for data in forms:
                assert any(leak.startswith(word) for leak in Cage(family).leaks(b"x" + data + b"y"))
