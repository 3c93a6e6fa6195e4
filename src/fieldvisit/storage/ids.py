"""Names that nobody chooses: ids, handles, salts, and the time of a change."""

import secrets
import time
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

from fieldvisit.fieldwork.note import ALPHABET, HANDLE_LENGTH

Thing = TypeVar("Thing")


def now() -> str:
    """Return the time as UTC ISO 8601 with microseconds and Z."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def new_id() -> str:
    """Return a UUID of version 7: a millisecond clock in front, the rest random (RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def derived_id(namespace: str, text: str) -> str:
    """Return the one id that ``text`` has under an id (UUID of version 5)."""
    return str(uuid.uuid5(uuid.UUID(namespace), text))


def new_handle() -> str:
    """Return a note's handle: 10 random characters of base 32 (50 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(HANDLE_LENGTH))


def new_salt() -> str:
    """Return 128 random bits as hex."""
    return secrets.token_hex(16)


def shuffled(things: Iterable[Thing]) -> list[Thing]:
    """Return things in an order by chance."""
    found = list(things)
    secrets.SystemRandom().shuffle(found)
    return found
