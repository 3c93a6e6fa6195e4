"""A text in two: where its sentences end, and the two parts."""

import re

# An end of a sentence takes closing brackets with it; blanks after it belong to neither part.
_END = re.compile(r"(?:[。．！？!?…]+|(?<=[^\s.])\.(?=\s))[」』）)】〕”’\"']*\s*|(?<!\s)\s*\n\s*")
_SAYING = re.compile(r"[^\W_]")


def cuts(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the text can be cut: where the first part ends and where the second begins.

    Each part has letters or digits, and between the two stands nothing but blanks.
    """
    first = _SAYING.search(text)
    if first is None:
        return ()
    last = next(at for at in reversed(range(len(text))) if _SAYING.match(text, at))
    found = []
    for sentence in _END.finditer(text):
        end = sentence.start() + len(sentence[0].rstrip())
        if sentence[0].strip() == "":
            end = sentence.start()
        if first.start() < end and sentence.end() <= last:
            found.append((end, sentence.end()))
    return tuple(found)


def parts(text: str, cut: tuple[int, int]) -> tuple[str, str]:
    """Return the two parts of a text at one of its ``cuts``."""
    end, start = cut
    return text[:end], text[start:]
