"""The writes of the inventory room, inside the caller's transaction."""

from yueke.inventory.operations.book import (
    SlotKey,
    give_back_slots,
    insert_slots_of_product,
    insert_taken_slots,
    lock_slots,
    take_slots,
)
from yueke.inventory.operations.offer import (
    expire_reservations,
    lock_slots_of_teacher,
    release,
    target,
    withdraw,
)

__all__ = [
    "SlotKey",
    "expire_reservations",
    "give_back_slots",
    "insert_slots_of_product",
    "insert_taken_slots",
    "lock_slots",
    "lock_slots_of_teacher",
    "release",
    "take_slots",
    "target",
    "withdraw",
]
