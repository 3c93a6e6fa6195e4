"""How answers came that were not given at the visit itself."""

from msgspec import Struct


class Arrival(Struct, frozen=True):
    """How and when answers came afterwards: a mode of visits, an ISO date, both optional."""

    mode: str = ""
    on_day: str = ""


AT_THE_VISIT = Arrival()
