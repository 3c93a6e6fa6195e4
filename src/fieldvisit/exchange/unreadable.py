"""The refusal of a sheet that cannot be read."""

from fieldvisit.errors import Refused


class UnreadableSheet(Refused):
    """A sheet does not say clearly what is to be stored; ``line`` counts from 1, 0 = none."""

    def __init__(self, sentence: str, hint: str = "", line: int = 0) -> None:
        super().__init__(sentence, hint)
        self.line = line
