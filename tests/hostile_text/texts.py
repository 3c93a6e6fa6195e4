"""Texts that would act on a terminal, in a browser or in a spreadsheet."""

TERMINAL = (
    "\x1b[2J", "\x1b[31m赤\x1b[0m", "\x1b]0;題\x07", "\x1b]52;c;aGVsbG8=\x07",
    "\x1b]8;;http://x.invalid\x1b\\k", "\x1bP1$r\x1b\\", "\x1bc", "\x1b(0", "\x1b[6n",
    "\x1b[?1049h", "\x9b31m", "\x9d52;c;x\x9c", "\x90q\x9c",
    *(f"a{chr(code)}b" for code in (*range(1, 9), *range(11, 32), *range(127, 160))), "a\rb",
    "\r\n", "a\tb", "a\x0bb\x0cc", "\x85", "a\u2028b\u2029c",
)  # fmt: skip
UNICODE = (
    "\u202eabc\u202c", "\u202aa\u202bb\u202dc", "\u2066x\u2069", "\u2067x", "\u2068x",
    "\u200ea\u200fb", "\u061ca", "\u200ba", "a\u2060b", "\ufeffa", "a\ufeff", "\u00ada", "\u3164x",
    "\uffa0x", "\u115fx", "\u180ex", "\U000e0001\U000e0041\U000e007f", "\U000e0100",
    "葛\U000e0100城", "👩\u200d👩\u200d👧", "e\u0301", "か\u3099", "Z̸̢̛̗͓͎̈́̐͠a̶͙͝", "\ufffe",
    "\uffff", "\U0001fffe", "\U0010ffff", "𠮷野家", "ﷺ", "٣", "²", "ⅷ", "İi", "ß",
)  # fmt: skip
MARKUP = (
    "[red]x[/red]", "[/foo]", "[link=http://x.invalid]y[/link]", "[bold", "[[x]]", ":smile:",
    ":warning:x", "a\\", "\\[x]", "<b>x</b>", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "</td></tr>", "<!-- x", "<![CDATA[x]]>", "<?php x ?>",
    "<svg/onload=x>", "<a href='javascript:x'>y</a>", "&lt;&amp;&#60;",
    "![x](http://x.invalid/p.png)", "[x](http://x.invalid)", "[x](javascript:alert(1))",
    "<http://x.invalid>", "[x]: http://x.invalid", "[x][y]", "http://x.invalid",
    "mailto:x@x.invalid", "# 題", "###", "- 一", "* 一", "+ 一", "1. 一", "> 引用", "---", "===",
    "***", "```\nx", "~~~\nx", "    字下げ", "| a | b |\n|---|---|", "|", "a|b", "**a**", "__a__",
    "_a_", "~~a~~", "`a`", "a  \nb", "[ ] x", "- [x] x", ":-:", "\\|", "$$x$$", "{{x}}", "{% x %}",
    "<br>", "x<br>y", "<details>", "<U+001B>", "[abcdefghij]", "• x", "【オフレコ】x",
)  # fmt: skip
FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", " =1",
    "\u3000=1", "'=1", "\"=1", "\ufeff=1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x.invalid\")",
    "=1;=2", "a,=1", "a\n=1", "x\",=1", "''=1", "\u00a0=1", "%0A=1", "-", "=", "+81-43-245-5111",
    "-5度", "@自治体",
)  # fmt: skip
OTHERS = (
    "%s%n %(x)s", "{0} {x} {x!r}", "{", "}", "$HOME `id` $(id)", "\\$(id)",
    "'; DROP TABLE note; --", "\" OR 1=1", "a\" NEAR b*", "../../etc/passwd", "C:\\CON", "/", "~",
    "-rf", "--help", "@x", "CON", "a;b,c\td", "\"", "'", "NULL", "None", "true", "1e5", "0123",
    "12:30", "2019-02-30", "x" * 5000, "長" * 3000, "a b" * 1000, "?x", "!x", "!!binary x",
    "&x [*x]", "- {", "\\u001b[2J", "\\x1b", "%00", "＜script＞", "\u037e", "⁄",
)  # fmt: skip
BODIES = tuple(
    text
    for text in dict.fromkeys((*TERMINAL, *UNICODE, *MARKUP, *FORMULAS, *OTHERS))
    if "".join(text.split()).strip("?")
)
