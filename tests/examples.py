"""How many examples a property test draws: always the same, or new ones in `dev.py explore`."""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("FIELDVISIT_EXAMPLES", "60"))
"""As many for each test as is usual; a thousand or so to explore."""


def examples(usual: int, steps: int = 50) -> settings:
    """Return settings that draw ``usual`` examples, more or fewer when all tests draw so.

    ``steps`` is how many a history may have.
    """
    count = max(usual * EXAMPLES // 60, 2)
    return settings(
        max_examples=count, stateful_step_count=steps, suppress_health_check=list(HealthCheck)
    )
