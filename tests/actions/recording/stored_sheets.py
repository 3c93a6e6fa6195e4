"""Sheets that are stored, and the notes there are then."""

from fieldvisit.actions.recording.arrival import AT_THE_VISIT, Arrival
from fieldvisit.actions.recording.store_sheets import StoredSheets, store_sheets
from fieldvisit.fieldwork.note import Note
from fieldvisit.fieldwork.preparation import Preparation
from fieldvisit.fieldwork.sheets.returned_file import ReturnedPage, ReturnedTable
from fieldvisit.settings import Settings
from fieldvisit.study.view import viewing
from returned import reading_of


def notes(given_study: Settings) -> tuple[Note, ...]:
    with viewing(given_study, "all") as view:
        return view.notes


def bodies(given_study: Settings) -> list[str]:
    return [note.body for note in notes(given_study)]


def stored(
    given_study: Settings,
    found: Preparation,
    *pages: ReturnedPage | ReturnedTable,
    arrival: Arrival = AT_THE_VISIT,
) -> StoredSheets:
    return store_sheets(given_study, reading_of(found, *pages), arrival)
