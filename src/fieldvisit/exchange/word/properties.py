"""The properties that a user, or our own writer, gave a Word file."""

from collections.abc import Mapping

from fieldvisit.exchange.office.xml import MOST_TAGS, ForbiddenXml, parse


def read_properties(data: bytes | None) -> Mapping[str, str]:
    """Return the texts of ``docProps/custom.xml`` by their names; raises ForbiddenXml."""
    found: dict[str, str] = {}
    names: list[str] = []

    def start(_name: str, attributes: Mapping[str, str]) -> None:
        if (name := attributes.get("name")) is not None:
            if len(names) == MOST_TAGS:
                raise ForbiddenXml("too many properties")
            names.append(name)

    def characters(text: str) -> None:
        if names:
            found[names[-1]] = found.get(names[-1], "") + text

    if data is not None:
        parse(data, {"StartElementHandler": start, "CharacterDataHandler": characters})
    return {name: text.strip() for name, text in found.items()}
