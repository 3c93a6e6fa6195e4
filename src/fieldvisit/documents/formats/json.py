"""JSON for programs: lossless, and harmless on a terminal."""

import json
import re
from collections.abc import Mapping

from fieldvisit.harmless import acting


def write(shape: Mapping[str, object]) -> str:
    """Return one JSON document."""
    return acting().sub(_escaped, json.dumps(shape, ensure_ascii=False, indent=2)) + "\n"


def _escaped(found: re.Match[str]) -> str:
    # Beyond the basic plane JSON knows only pairs of surrogates; json.dumps makes them.
    return json.dumps(found[0])[1:-1]
