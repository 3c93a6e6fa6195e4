"""`material add`, `list`."""

from pathlib import Path
from typing import Annotated

from fieldvisit.cli.declaring import Noun, argument, command, option
from fieldvisit.cli.fixed_values import day, disclosure
from fieldvisit.cli.note_options import Disclosure
from fieldvisit.cli.options import AskedFor, By, ForGroup, Here, OfVisit, VisitName
from fieldvisit.fieldwork.visit import Material
from fieldvisit.language import N_, _

material_app = Noun()


@command(material_app, N_("Enter a material of a visit; prints its number alone."), "add")
def add(
    session: Here,
    visit: VisitName,
    title: Annotated[str, argument("TITLE", N_("Its title."))],
    file: Annotated[Path | None, option("FILE", N_("Copy this file into the study."))] = None,
    named: Annotated[str, option("TEXT", N_("Where it is kept, if it is not copied."))] = "",
    pages: Annotated[str, option("TEXT", N_("Its pages."))] = "",
    received_on: Annotated[str, option("DATE", N_("When it was received."))] = "",
    disclosure_: Disclosure = None,
    by: By = "",
) -> None:
    from fieldvisit.actions.materials import add_material

    material = Material(
        visit_id="",
        label=0,
        title=title,
        pages=pages,
        received_on=day(received_on) or "",
        disclosure=disclosure(disclosure_) or "",
        named=named,
    )
    stored = add_material(session.settings(by), visit, material, file)
    session.answer(str(stored.label))
    if stored.file:
        session.tell(_("Copied to {path}.").format(path=stored.file))


@command(material_app, N_("List the materials of a visit, or of all."), "list")
def list_(session: Here, wish: AskedFor, visit: OfVisit = "", study_group: ForGroup = "") -> None:
    from fieldvisit.actions.materials import materials
    from fieldvisit.documents.lists import material_list

    seen_by = session.audience(wish, "work")
    found, visits = materials(session.settings(), visit, seen_by, study_group)
    session.deliver(material_list(found, {v.id: v for v in visits}), wish)
