"""What a table of the interviewer decides besides notes: states of questions, and choices."""

import re

from fieldvisit import dates
from fieldvisit.errors import Refused, WrongUsage
from fieldvisit.fieldwork.chosen import decided, usual_choice
from fieldvisit.fieldwork.guide import Address, Question
from fieldvisit.fieldwork.mark import Mark
from fieldvisit.fieldwork.sheets.filled import Answer, FilledSheet, Stray
from fieldvisit.fieldwork.terms import CHOICES, MARKS, STATES
from fieldvisit.fieldwork.visit import Visit
from fieldvisit.language import _
from fieldvisit.study.view import StudyView, today
from fieldvisit.text import key

# A state, and behind it the date on which the answer is to follow: 後日回答予定（11/15）.
_STATE = re.compile(r"(?P<state>[^0-9０-９]*?)[\s　]*[（(]?(?P<due>[0-9０-９][^)）]*)?[)）]?\s*")


class Decisions:
    """The marks to set and the questions as they are decided then; strays say what is unclear."""

    def __init__(self, view: StudyView, visit: Visit, sheet: FilledSheet, by: str) -> None:
        self._look = view
        self._visit = visit
        self._by = by
        self._questions = {
            Address(topic.key, question.key): question
            for guide in view.guides.of(visit)
            for topic in guide.topics
            for question in topic.questions
        }
        self._standing = {
            view.crosswalk.now(m.address): m for m in view.marks if m.visit_id == visit.id
        }
        self.marks: list[Mark] = []
        self.decided: list[Address] = []
        self.strays: list[Stray] = []
        self.questions = visit.questions
        for answer in sheet.answers:
            if answer.address and not answer.handle:
                self._take(answer, answer.address)

    def _take(self, answer: Answer, address: Address) -> None:
        for word, read in ((answer.state, self._read_state), (answer.choice, self._read_choice)):
            if word:
                try:
                    read(word, address)
                except Refused as error:
                    self.strays.append(Stray(word, answer.where, error.sentence))

    def _read_state(self, typed: str, address: Address) -> None:
        if _is_derived(typed):
            return
        found = _STATE.fullmatch(typed)
        state = MARKS.read(found["state"] if found else typed)
        known = self._standing.get(address)
        shown = known or self._standing.get(Address(address.topic))
        due = ""
        if found and found["due"]:
            due = dates.read_due(found["due"], today()).isoformat()
        if shown and shown.state == state and due in ("", shown.due):
            return  # as it stands; a mark of the topic is shown at its questions
        if state == "to-follow" and not due:
            raise WrongUsage(_("An answer that is to follow needs a date behind it, like 11/15."))
        self.marks.append(
            Mark(self._visit.id, known.address if known else address, state, "", due, self._by)
        )

    def _read_choice(self, typed: str, address: Address) -> None:
        choice, question = CHOICES.read(typed), self._questions.get(address)
        if question is None or choice == self._choice_now(address, question):
            return
        if choice == "send" and question.sensitive:
            raise WrongUsage(
                _("{address} is sensitive and is never sent ahead.").format(address=address)
            )
        self.questions = decided(self.questions, {address: choice})
        self.decided.append(address)

    def _choice_now(self, address: Address, question: Question) -> str:
        skipped = any(q.address == address and q.choice == "skip" for q in self.questions)
        return "skip" if skipped else usual_choice(question)


def _is_derived(typed: str) -> bool:
    """Tell whether a state follows from the notes: it is shown, and never set by a sheet."""
    derived = (term for value, term in STATES.items() if value not in MARKS)
    return key(typed) in {key(name) for term in derived for name in (term.ja, term.en)}
