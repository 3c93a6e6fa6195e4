"""What rests on notes, by chance: summaries, confirmations, conflicts; and facts, names, materials.

All of it is entered through `records.save` as a command would, and worse: on notes that are off
the record, deleted, or of another place.
"""

import random
from collections.abc import Sequence

from msgspec.structs import replace

from fieldvisit.fieldwork.city_fact import CityFact
from fieldvisit.fieldwork.confirmation import Confirmation
from fieldvisit.fieldwork.disclosure import OFF_RECORD, strictest
from fieldvisit.fieldwork.guide import Address
from fieldvisit.fieldwork.name_alias import NameAlias
from fieldvisit.fieldwork.note import Note, NoteConflict
from fieldvisit.fieldwork.summary import SeenNote, Summary
from fieldvisit.fieldwork.terms import CONFIRMATIONS, DISCLOSURES, NAMED
from fieldvisit.fieldwork.visit import Material
from fieldvisit.storage import gate, queries, records
from fieldvisit.storage.writing import Change
from fieldvisit.study.view import StudyView
from privacy.worlds import SECRET, SILENT_CITY

_ADDRESSES = (Address("hiring"), Address("ai-rpa"), Address("ai-rpa", "status"),
              Address("hiring", "staff-mix"), Address("open-data", "use"))  # fmt: skip
_NAMES = ("山田太郎", "佐藤", "千葉市", "ちば", "情報部", "RPA君", "架空社")


class Round:
    """One round of entering: what stands by then, and what chance adds to it."""

    def __init__(self, view: StudyView, ledger: Change, dice: random.Random) -> None:
        self.view, self.ledger, self.dice = view, ledger, dice
        self.notes = gate.notes(view.connection, "all", gate.NotesAsked(deleted=True))
        self.summaries = {one.id: one for one in gate.summaries(
            view.connection, "all", deleted=True)}  # fmt: skip
        # Facts and names would say themselves that there is the city.
        self.codes = [c.code for c in view.cities.values() if c.name != SILENT_CITY]

    def enter(self) -> None:
        """Enter some of each, or change what stands."""
        for enter, most in (
            (self._summary, 5), (self._confirmation, 4), (self._conflict, 3), (self._fact, 2),
            (self._alias, 2), (self._material, 2),
        ):  # fmt: skip
            for _ in range(self.dice.randrange(most)):
                self.ledger.by = self.dice.choice(["書き手", "もう一人"])
                enter()

    def _summary(self) -> None:
        code = self.dice.choice([None, *self.view.cities])
        notes = [note for note in self.notes if code in (None, note.city_code)]
        address = self.dice.choice([*_ADDRESSES, *(p for n in notes for p in n.places)])
        if self.summaries and self.dice.random() < 0.5:
            known = self.dice.choice(list(self.summaries.values()))
            code, address = known.city_code, known.address
            notes = [note for note in self.notes if code in (None, note.city_code)]
        seen = self._seen(notes)
        under = [one.disclosure for one in seen if one.rests]
        said = self.dice.choice(list(DISCLOSURES))
        # Three of four as a command enters it; what rests on nothing is seldom a secret.
        held = strictest([said, *under]) if self.dice.random() < 0.75 else said
        secret = OFF_RECORD in (held, *under)
        made = Summary(
            code, address, self._text("まとめ", secret=secret), held,
            self._who(secret=secret), seen, deleted=self.dice.random() < 0.15,
        )  # fmt: skip
        if known_one := self.summaries.get(made.id):
            made = replace(made, created_at=known_one.created_at, revision=known_one.revision,
                           number=known_one.number)  # fmt: skip
        self.summaries[made.id] = records.save(self.ledger, made)

    def _seen(self, notes: Sequence[Note]) -> tuple[SeenNote, ...]:
        closed = self.dice.random() < 0.3
        chosen = [n for n in notes if closed or n.disclosure != OFF_RECORD]
        chosen = self.dice.sample(chosen, min(len(chosen), self.dice.randrange(5)))
        return tuple(
            SeenNote(
                note.id,
                note.revision,
                note.disclosure,
                self.dice.random() < 0.7,
                here=self.dice.random() < 0.7,
            )
            for note in chosen
        )

    def _confirmation(self) -> None:
        heard = [note for note in self.notes if note.visit_id]
        if not heard:
            return
        note = self.dice.choice(heard)
        secret = note.disclosure == OFF_RECORD
        earlier = gate.revisions(self.view.connection, "all", note.id)[0][0].id
        made = Confirmation(
            note_id=note.id,
            visit_id=note.visit_id or "",
            state=self.dice.choice(list(CONFIRMATIONS)),
            note_revision=self.dice.choice([note.revision, note.revision, earlier]),
            department=self._text("情報部", secret=secret),
            sent_on="2019-11-01",
            due=self.dice.choice(["", "2019-11-15"]),
            answered_on=self.dice.choice(["", "2019-11-10"]),
            who=self._text("山田", secret=secret),
            comment=self._text("以上です", secret=secret),
            by=self._who(secret=secret),
            deleted=self.dice.random() < 0.15,
        )
        stored = gate.confirmations(self.view.connection, "all", deleted=True)
        known = {one.note_id: one for one in stored}.get(note.id)
        if known:
            made = replace(made, revision=known.revision, number=known.number)
        records.save(self.ledger, made)

    def _conflict(self) -> None:
        if len(self.notes) < 2:
            return
        pair = self.dice.sample(self.notes, 2)
        secret = any(note.disclosure == OFF_RECORD for note in pair)
        first, second = sorted(note.id for note in pair)
        why, by = self._text("数が合わない", secret=secret), self._who(secret=secret)
        made = NoteConflict(first, second, why, by, deleted=self.dice.random() < 0.15)
        stored = gate.conflicts(self.view.connection, "all", deleted=True)
        if known := {one.id: one for one in stored}.get(made.id):
            made = replace(made, revision=known.revision, number=known.number)
        records.save(self.ledger, made)

    def _fact(self) -> None:
        key, as_of = self.dice.choice(["population", "staff"]), self.dice.choice(["2018", "2019"])
        value = self.dice.choice(["971,882人", "約7千人", "不明"])
        made = CityFact(self.dice.choice(self.codes), key, value, as_of, "統計書", "書き手")
        stored = queries.city_facts(self.view.connection, deleted=True)
        if known := {one.id: one for one in stored}.get(made.id):
            made = replace(made, revision=known.revision, number=known.number, deleted=True)
        records.save(self.ledger, made)

    def _alias(self) -> None:
        kind = self.dice.choice(list(NAMED))
        stands_for = self.dice.choice(self.codes) if kind == "city" else ""
        made = NameAlias(kind, self.dice.choice(_NAMES), stands_for, "書き手")
        stored = queries.name_aliases(self.view.connection, deleted=True)
        if known := {one.id: one for one in stored}.get(made.id):
            made = replace(made, revision=known.revision, number=known.number, deleted=True)
        records.save(self.ledger, made)

    def _material(self) -> None:
        visit = self.dice.choice(self.view.visits)
        stored = gate.materials(self.view.connection, "all", deleted=True)
        labels = {one.label: one for one in stored if one.visit_id == visit.id}
        label = self.dice.randrange(1, len(labels) + 2)
        level = self.dice.choice([OFF_RECORD, *DISCLOSURES])
        secret = level == OFF_RECORD
        made = Material(
            visit.id, label, self._text("資料", secret=secret), disclosure=level,
            named=self._text("named.pdf", secret=secret), by=self._who(secret=secret),
            deleted=self.dice.random() < 0.15,
        )  # fmt: skip
        if known := labels.get(label):
            made = replace(made, revision=known.revision, number=known.number)
        records.save(self.ledger, made)

    def _text(self, plain: str, *, secret: bool) -> str:
        return (
            f"{SECRET} {self.dice.choice('甲乙')}" if secret else plain + self.dice.choice("丙丁")
        )

    def _who(self, *, secret: bool) -> str:
        return "覆面" if secret else self.ledger.by
