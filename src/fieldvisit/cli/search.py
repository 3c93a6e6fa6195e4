"""`search`: notes by words in their text."""

from typing import Annotated

from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.options import AskedFor, ForGroup, Here, OnlyCity, OnlyTopic
from fieldvisit.language import N_

search_app = Noun()


@command(search_app, N_("Find the notes whose text holds every one of the words, newest first."))
def search(
    session: Here,
    wish: AskedFor,
    words: Annotated[
        list[str],
        argument("WORDS...", N_("Each argument is one phrase; width and case are equal.")),
    ],
    topic: OnlyTopic = "",
    city: OnlyCity = "",
    study_group: ForGroup = "",
    limit: Annotated[int, option("N", N_("At most so many; 0 = all."), min=0)] = 0,
) -> None:
    from fieldvisit.actions.search import search as find
    from fieldvisit.documents.notes import search_result

    seen_by = session.audience(wish, "work")
    hits, register, held_back = find(
        session.settings(),
        words,
        seen_by,
        topic=topic,
        city=city,
        study_group=study_group,
        limit=limit,
    )
    session.deliver(search_result(words, hits, register, seen_by), wish)
    session.tell_held_back(held_back)
