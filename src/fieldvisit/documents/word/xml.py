"""Elements that python-docx has no names for."""

from typing import Any, Protocol

# One of lxml's, which the library extends by the names of what may stand in it.
Element = Any


class Proxy(Protocol):
    """One of the library's objects: a paragraph, a run, a table, a row, a cell."""

    _element: Element


def element(kind: str, **attributes: str) -> Element:
    """Return a new element ``w:KIND`` with ``w:`` attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{kind}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def inside(proxy: Proxy) -> Element:
    """Return the element under ``proxy``, for what the library cannot say."""
    return proxy._element  # noqa: SLF001 - public for some of its objects only


def removed(parent: Element, *kinds: str) -> None:
    """Take the children ``w:KIND`` out of ``parent``."""
    from docx.oxml.ns import qn

    for kind in kinds:
        for child in parent.findall(qn(f"w:{kind}")):
            parent.remove(child)


def control(tag: str, name: str = "", *, locked: bool = False) -> tuple[Element, Element]:
    """Return a new content control for rich text, and the place in it for its content.

    A locked one cannot be deleted by accident; what stands in it can be changed.
    """
    made, about, content = element("sdt"), element("sdtPr"), element("sdtContent")
    if name:
        about.append(element("alias", val=name))
    about.append(element("tag", val=tag))
    if locked:
        about.append(element("lock", val="sdtLocked"))
    made.extend((about, content))
    return made, content
