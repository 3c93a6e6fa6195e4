"""Every command that lists, and those that have rows."""

LISTINGS = {
    "status": "status", "study show": "study", "study-group list": "study-groups",
    "guide list": "guides", "guide show it-workforce": "guide", "city list": "cities",
    "city show 千葉市": "city", "visit list": "visits", "visit show chiba-1": "visit",
    "note list": "notes", "coverage": "coverage", "compare": "compare", "compare ai-rpa": "compare",
    "search 。": "search", "log": "log", "draft list": "drafts",
    "guide diff it-workforce chiba-1": "guide-diff",
}  # fmt: skip
GRIDS = [
    "study-group list", "guide list", "city list", "visit list", "note list", "coverage",
    "compare", "search 。", "log", "draft list", "guide show it-workforce",
]  # fmt: skip
