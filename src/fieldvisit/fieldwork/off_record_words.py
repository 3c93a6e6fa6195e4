"""How people say off the record in their own words, where the mark 【オフレコ】 was meant.

Such a paragraph must not pass for one without a mark: it would be stored as quotable.
"""

import re
import unicodedata
from functools import lru_cache

from fieldvisit.text import normal

# All patterns are matched against the normal form: NFKC, case-folded, every blank a space.
_PLAIN = r"(?:オフ[・ -]?レコ|off[ -]?(?:the[ -]?)?record|ここだけの(?:話|はなし))"
_ASKING = r"(?:(?:引用|公表|公開)不可|引用禁止|他言無用|非公開|not for (?:quotation|attribution))"
_OPEN, _CLOSE = r"[(\[{<【〔〈《「『｛]", r"[)\]}>】〕〉》」』｝]"
_NUMBER = r"(?:\d{1,3}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十]{1,2})[.)、:]"
# What may stand before the words: signs of a list, a number, a quotation, a mark of another kind.
_LEAD = rf"(?:\[[ x]\]|[ >*+~・•●○◆◇■□▪※→⇒▶►✓―—–=-]|{_NUMBER}|【[^【】]*】)*"

_AT_THE_START = rf"{_LEAD}(?:{_OPEN} ?)?{_PLAIN}"
_ASKED_AT_THE_START = (
    rf"{_LEAD}(?:{_OPEN}[^{_OPEN[1:-1]}{_CLOSE[1:-1]}]*{_ASKING}|{_ASKING} ?[:：])"
)
_IN_BRACKETS = (
    rf"{_OPEN}[^{_OPEN[1:-1]}{_CLOSE[1:-1]}]*{_PLAIN}[^{_OPEN[1:-1]}{_CLOSE[1:-1]}]*(?:{_CLOSE}|$)"
)


def sounds_off_record(line: str) -> bool:
    """Tell whether one line of text asks not to be quoted: `・オフレコ：…`, `…（オフレコ）`."""
    return _sounds(normal(line))


def _sounds(text: str) -> bool:
    return bool(
        re.match(_AT_THE_START, text)
        or re.match(_ASKED_AT_THE_START, text)
        or re.search(_IN_BRACKETS, text)
    )


# Looked for in the squeezed form: hiragana, without blanks, hyphens, points and hidden signs.
_SAID = r"(?:おふれこ|(?:ここ|此処)だけの(?:お|御)?(?:話|はなし))"
# The same asked for in other words; `書かないで済む` and `公表しないこと` are plain statements.
_USES = "(?:引用|公表|公開|口外|他言|転載|掲載)"
_NOT_DONE = (
    rf"(?:{_USES}[はをも]?(?:し|なさら)|(?:表|外|おもて|よそ)に[はも]?出さ"
    "|(?:記録|議事録|文書|めも)に[はも]?残さ|書か|載せ|漏らさ|言わ)ない"
)
_BEGGED = (
    "(?:くださ[いり]|下さ[いり]|ほし[いく]|欲し[いく]|いただ[きけ]たい|いただ[きけ]|頂[きけ]たい"
    "|頂[きけ]|くれ|もらいたい|貰いたい|もらえれば|お?願い|おねがい|[ねよ]|(?=[。!)」』】:])|$)"
)
_ASKED = (
    rf"(?:(?:他言|口外)(?:無用|厳禁)|{_NOT_DONE}(?:で(?:おいて)?{_BEGGED}|ように?お?願い)"
    rf"|{_USES}[はをも]?[おご御]?(?:差し?)?(?:控え|遠慮)[てし]?{_BEGGED}"
    "|(?:(?:引用|公表|公開)不可|非公開)でお?願い)"
)
_USED = "(?:quote|cite|publish|attribute|print|disclose|repeat)"
_ASKED_IN_ENGLISH = (
    rf"(?:\bplease\b[^.!?]{{0,20}}\b(?:not|never|don['’]?t) (?:to )?{_USED}\b"
    r"|(?:^|[.!?:;(\[] ?)(?:do not|don['’]?t|never) (?:quote|cite|attribute)\b"
    r"|(?:\bnot|n['’]t) (?:to )?be (?:quoted|cited)\b)"
)
_SAID_IN_ENGLISH = r"\boff[ _/-]{0,2}(?:the[ _/-]{0,2})?record"
_WORDS_OF_SOUNDS = rf"{_PLAIN}|{_ASKING}"
_SKIPPED = r"[\s・･·‧\-‐-―−ー_*~.]"


def mentions_off_record(text: str) -> bool:
    """Tell whether ``text`` speaks of off the record anywhere, in whatever letters or words.

    More is found than was meant: a paragraph too many off the record does less harm than one
    too few.
    """
    return bool(
        re.search(_SAID, _squeezed(text))
        or re.search(_SAID_IN_ENGLISH, _unhidden(text))
        or _asks(text)
        or any(_sounds(_unhidden(line)) for line in text.split("\n") if _may_sound(line))
    )


def newly_off_record(text: str, before: str) -> bool:
    """Tell whether ``text`` speaks of off the record where the one ``before`` did not."""
    return mentions_off_record(text) and not mentions_off_record(before)


def _asks(text: str) -> bool:
    """Tell whether ``text`` asks in a sentence not to be quoted."""
    return bool(re.search(_ASKED, _squeezed(text)) or re.search(_ASKED_IN_ENGLISH, _unhidden(text)))


def _may_sound(line: str) -> bool:
    return bool(re.search(_WORDS_OF_SOUNDS, _unhidden(line)))


class _Letters(dict[int, int | None]):
    """What becomes of each character: marks on letters and what takes up no room is left out."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        hidden = unicodedata.category(character) in {"Cf", "Mn", "Me"}
        self[code] = None if hidden else ord(" ") if character.isspace() else code
        return self[code]


class _Squeezed(dict[int, int | None]):
    """The same in the squeezed form."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        kept = code - 0x60 if "ァ" <= character <= "ヶ" else code
        self[code] = None if re.fullmatch(_SKIPPED, character) else kept
        return self[code]


_letters, _pressed = _Letters(), _Squeezed()


@lru_cache(maxsize=16)
def _squeezed(text: str) -> str:
    return _unhidden(text).translate(_pressed)


@lru_cache(maxsize=16)
def _unhidden(text: str) -> str:
    """Return the normal form without marks on letters and signs that take up no room."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_letters)
