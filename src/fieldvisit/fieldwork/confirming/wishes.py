"""What stands where a corrected text was asked for and is none: a wish, a remark, an instruction.

More is found than was meant: a correction too many that a person looks at does less harm than a
wish that is stored, and printed, as the city's own words.
"""

import re
import unicodedata
from collections.abc import Sequence

from fieldvisit.fieldwork.confirming.common_words import kept_share
from fieldvisit.fieldwork.off_record_words import mentions_off_record
from fieldvisit.text import normal

# Looked for in the normal form without blanks.
_USE = "(?:使用|利用|引用|転用|転載|掲載|公表|公開|開示|発表|記載|収録|紹介|言及)"
_NOT_USED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_USE}[はをもが]?(?:し|され|なさら|いたさ|致さ)(?:ない|ません|なく|ず)",
        rf"{_USE}[はをもが]?(?:せず|できま?せ?[んず]|できない|できかね|不可|禁止|ng|困|お?断)",
        rf"{_USE}[はをもが]?(?:見合わせ|見送|取り?やめ|取り?止め|やめ|止め|お?避け|ご?遠慮|ご?容赦)",
        r"使(?:わ|え|われ|わせ)(?:ない|ず|なく|ません)|使って(?:ほし|欲し)く|使われ(?:たく|ると)",
        r"[載の]せ(?:ない|ず|ません|ることはでき)|(?:出さ|出し|触れ|書か)(?:ない|ません|ず)",
        r"(?:差し?|さし)控え|控えて|お控え|控えさせ",
        r"削除|消去|抹消|除外|[除省]いて|外して|抜いて|消して|取り?消|取り?下げ|撤回|カット|割愛|全カ",
        r"不要|無用|不掲載|非掲載|不可|無しにして|なかったことに|ここだけ",
        r"非公[表開]|未公[表開]|オフレコ|関係者限|庁内|内部(?:資料|情報|限|のみ|扱)|部外秘|社外秘",
        r"取り?扱い?注意|秘密|機密|内密|内緒|[㊙]|^\W*秘\W*$",
        r"匿名|伏せ|名前?[をはも]?(?:出さ|載せ|書か)|無記名|特定(?:され|でき)(?:ない|ぬ)",
    )
)
_IF = "(?:なら|であれば|でなければ|なければ|れば|条件に|条件で)"
_REMARKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"確認中|確認(?:の上|のうえ|後に|してから|いたします|致します|します)|要(?:確認|検討|相談|修正|訂正)",
        r"^\W*(?:検討|調整|照会|調査|相談|協議|精査)中(?:です|\W)*$",
        r"後日|追って|のちほど|後ほど|別紙|別添|同上|同文|〃|上記の?(?:とおり|通り)",
        r"添付(?:の(?:とおり|通り)|資料|ファイル|を?参照|します|いたし)|(?:を|ご)参照",
        r"該当(?:な|無|あ(?:りま)?せん|しな|しま)|特に?(?:な|無)し|回答(?:できま|でき(?:ない|かね)|不能)",
        r"ください|下さい|願います|お願い(?:し|いた|致|申)|お?願い?\W*$|いただきたい|頂きたい|いただけ",
        r"(?:て|で)(?:ほしい|欲しい|もらいたい)|とのこと\W*$",
        rf"{_IF}、?.{{0,10}}(?:可|ok|よい|いい|良い|結構|構わ|かまわ|差し?支え)",
        r"(?:事実|実際)(?:と|に)(?:異|反|違)|事実誤認|(?:誤り|間違い)(?:です|でし|\W*$)|間違って|違います",
        r"(?:言|申)(?:って|して|い)(?:い?ない|い?ません|おりません)|発言(?:は|を)?し(?:て|た)",
        r"記憶(?:に|が|は)(?:な|ござ|あり)|覚えが?(?:な|ござ|あり)",
    )
)
_CHANGE = "(?:修正|訂正|変更|差し?替え|置き?換え|書き?換え|入れ?替え|改め|お?直し)"
_BEGGED = r"(?:\W*$|[。!)]|を?お?願|のこと|して(?:くだ|下さ|ほし|いただ|頂)|(?:て)?(?:くだ|下さ))"
_INSTRUCTIONS = tuple(
    re.compile(pattern)
    for pattern in (
        "[→⇒➡]|->|=>",
        r"[「『“\"][^」』”\"]{0,200}[」』”\"](?:を|は|では?なく、?)[「『“\"]",
        rf"(?:を|は|が).{{1,40}}(?:に|へ|と){_CHANGE}{_BEGGED}|^{_CHANGE}(?:を|して|願|\W*$)",
        r"(?:[0-9]+|[〇○◯一二三四五六七八九十])(?:行|文|段落|字|文字)目|冒頭|末尾|文末|[前後]段の?",
        r"この(?:部分|箇所|行|段落|一文|記載|記述|文章|発言|文言)|当該(?:部分|箇所|記載)|全文(?:を|は|\W*$)",
        r"^\W*[誤正]\W*[::]|の(?:誤り|間違い|誤記|誤字)(?:です|でし|\W*$)|(?:追記|加筆|挿入|を追加)(?:し|願|の|\W*$)",
    )
)
# Looked for in the normal form, its blanks being single.
_PUT = (
    "(?:used?|using|publish(?:ed)?|print(?:ed)?|quoted?|cited?|released?|disclosed?|shared?"
    "|mention(?:ed)?|named?|attributed?|included?|reproduced?|made public)"
)
_OUT = "(?:delete|remove|withdraw|omit|strike|drop|redact|cut|erase|retract|suppress)"
_NOT_USED_IN_ENGLISH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:\bnot|\bnever|\bcannot|n['’]t) (?:to )?(?:be |have (?:this|it|that) )?{_PUT}\b",
        rf"(?:^|[.!?:;,(] ?|\bto |\bplease ){_OUT}\b|\b{_OUT} (?:this|it|that|the|all|entirely)\b",
        r"\b(?:to be|should be|must be|is|was) (?:deleted|removed|withdrawn|omitted|struck|cut)\b",
        r"^\W*(?:deleted|removed|withdrawn|omitted|struck)\W*$",
        r"\b(?:rather|prefer|preferably) not\b|\bdo not want\b|\bnot (?:wish|for publication)\b",
        r"\banonym\w*|\bwithout (?:our|the|a|any|giving) names?\b|\bno names?\b|\bunnamed\b",
        r"\bconfidential\w*|\binternal(?:ly)?(?: use)?(?: only)?\W*$|\bunpublished\b",
        r"\bnot (?:for )?(?:public|quot|attribut|print|use)\w*|\boff[ -]?(?:the[ -]?)?record\b",
    )
)
_REMARKS_IN_ENGLISH = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:please|pls|kindly)\b|\b(?:see|as) (?:the )?(?:attach|enclos|annex|above|below)\w*",
        r"\battachment\b|\bto be (?:confirmed|checked|decided|clarified)\b|\b(?:tbc|tbd|tba)\b",
        r"\b(?:will|to) follow\b|\bunder review\b|\bwe (?:will|have to|must) (?:check|ask)\b",
        r"(?:^|\W)n ?[/.] ?a\b|^\W*na\W*$|\bditto\b|\bnot applicable\b|\bsame as\b|\bnever said\b",
        r"\b(?:this|that|it) is (?:wrong|incorrect|not (?:correct|true|right))\b|^\W*x\W*$",
        r"\b(?:only|ok|okay|fine|acceptable) (?:if|when|provided)\b|\bonly anonym",
    )
)
_WHERE = r"\b(?:to|by|with|instead|after|before|here)\b"
_INSTRUCTIONS_IN_ENGLISH = tuple(
    re.compile(pattern)
    for pattern in (
        r"\breplace\b.{1,200}\b(?:by|with)\b|\bshould (?:read|say)\b|\b(?:must|has to) read\b",
        rf"(?:^|[.!?] ?)(?:change|correct|amend|insert|add|write|put|use)\b.{{1,200}}{_WHERE}",
        r"[“\"'][^”\"']{1,200}[”\"'] (?:to|by|with|not|instead of|->) [“\"']",
        r"\b(?:line|paragraph|sentence) \d|\b(?:first|second|last) (?:line|sentence|paragraph)",
        r"\bthis (?:passage|sentence|part|paragraph|statement|remark)\b",
    )
)
_HELD = 0.5  # of a passage: from here on a word that stands in the passage too is no sign


def asks_not_to_use(text: str) -> bool:
    """Tell whether words ask that something be not used, or only without names."""
    return mentions_off_record(text) or bool(
        _found(_NOT_USED, _pressed(text)) or _found(_NOT_USED_IN_ENGLISH, _plain(text))
    )


def is_wish(text: str, passage: str) -> bool:
    """Tell whether ``text`` asks something, or says something, about the passage.

    What the passage says itself is no sign where the text holds much of it.
    """
    if not re.search(r"\w", _pressed(text)):
        return True  # nothing but signs: ×, 〃
    known = passage if kept_share(text, passage) >= _HELD else ""
    if mentions_off_record(text) and not mentions_off_record(known):
        return True
    return _says_more((*_NOT_USED, *_REMARKS), _pressed(text), _pressed(known)) or _says_more(
        (*_NOT_USED_IN_ENGLISH, *_REMARKS_IN_ENGLISH), _plain(text), _plain(known)
    )


def is_instruction(text: str, passage: str) -> bool:
    """Tell whether ``text`` says how a part of the passage is to change."""
    return any(
        pattern.search(form(text)) and not pattern.search(form(passage))
        for patterns, form in (
            (_INSTRUCTIONS, _pressed), (_INSTRUCTIONS_IN_ENGLISH, _plain),
        )
        for pattern in patterns
    )  # fmt: skip


def _says_more(patterns: Sequence[re.Pattern[str]], text: str, known: str) -> bool:
    return any(words not in known for words in _found(patterns, text))


def _found(patterns: Sequence[re.Pattern[str]], text: str) -> list[str]:
    return [found[0] for pattern in patterns for found in pattern.finditer(text)]


def _plain(text: str) -> str:
    """Return the normal form without signs that take up no room, its blanks single."""
    return " ".join("".join(c for c in normal(text) if _shows(c)).split())


def _pressed(text: str) -> str:
    return _plain(text).replace(" ", "")


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in {"Cf", "Me"}
