import re
import uuid

from fieldvisit.fieldwork.note import ALPHABET
from fieldvisit.storage import ids


def test_an_id_is_a_uuid_of_version_7_and_later_ones_sort_later() -> None:
    first = ids.new_id()
    found = uuid.UUID(first)
    assert (found.version, found.variant) == (7, uuid.RFC_4122)
    assert str(found) == first
    while (later := ids.new_id())[:13] == first[:13]:
        pass
    assert later > first


def test_ids_handles_and_salts_do_not_repeat() -> None:
    for made in (ids.new_id, ids.new_handle, ids.new_salt):
        assert len({made() for _ in range(500)}) == 500


def test_a_handle_is_ten_characters_of_base_32() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert all(re.fullmatch("[a-z2-7]{10}", ids.new_handle()) for _ in range(100))


def test_a_salt_has_128_bits_and_now_is_utc_with_microseconds() -> None:
    assert re.fullmatch("[0-9a-f]{32}", ids.new_salt())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", ids.now())
