"""Every command by name: the module that declares it, and its help.

Declaring all commands would cost as much as starting Python, so that only the one that is
named is imported; the help of the program needs none of them.
"""

from functools import partial
from importlib import import_module

from fieldvisit.cli.declaring import Declaration, Noun
from fieldvisit.cli.typer_click import Command
from fieldvisit.language import N_

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("study", N_("Make a study in a folder, with the shipped guides.")),
    "demo": ("study", N_("Make the sample study and show it on one screen.")),
    "status": ("study", N_("Show where the study stands and what comes next.")),
    "study": ("study", N_("Show or change what holds for the whole study.")),
    "study-group": ("study", N_("The groups that use the findings.")),
    "guide": ("guide", N_("Interview guides: list, check, write.")),
    "city": ("city", N_("Municipalities and their classes.")),
    "visit": ("visit", N_("Plan, show, change visits.")),
    "prepare": ("prepare", N_("Print the field sheet, or the question sheet for the city.")),
    "record": ("record", N_("Enter what was heard: in the editor, or from sheets and memos.")),
    "note": ("note", N_("Single notes: add, list, show, change.")),
    "material": ("material", N_("What was handed over at visits: enter it, list it.")),
    "mark": ("mark", N_("Say why a question has no (whole) answer.")),
    "confirm": ("confirm", N_("Whether the city agrees to what was recorded: send, read, list.")),
    "coverage": ("coverage", N_("Show which questions are answered, and what is still open.")),
    "compare": ("compare", N_("Compare the cities, topic by topic.")),
    "alias": ("alias", N_("Names that anonymised outputs replace.")),
    "trace": ("alias", N_("Say what stands behind a mark of an anonymised output.")),
    "summary": ("summary", N_("Summaries of the cells: write, read back, list.")),
    "search": ("search", N_("Find notes by words in their text.")),
    "undo": ("changes", N_("Take back the last change.")),
    "log": ("changes", N_("List the changes made.")),
    "draft": ("draft", N_("Text that is not stored yet.")),
    "upgrade": ("study", N_("Bring a study of an older version up to date.")),
}


def declarations() -> dict[str, Declaration]:
    """Return all commands by name: the help of each, and what declares it."""
    return {
        name: (help_, partial(_declared, name, module, help_))
        for name, (module, help_) in COMMANDS.items()
    }


def _declared(name: str, module: str, help_: str) -> Command:
    noun: Noun = import_module(f"fieldvisit.cli.{module}").APPS[name]
    return noun.declared(name, help_)
