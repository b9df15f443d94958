"""The writes of the inventory room, inside the caller's transaction."""

from yueke.inventory.operations.book import (
    SlotKey,
    TakenSlot,
    abilities,
    give_back_slots,
    insert_slots_of_product,
    insert_taken_slots,
    lock_slots,
    slots_not_kept,
    take_held_slots,
    take_slots,
)
from yueke.inventory.operations.hold import hold, let_go
from yueke.inventory.operations.offer import (
    expire_reservations,
    keep,
    lock_slots_of_teacher,
    open_to_anyone,
    release,
    target,
    withdraw,
)
from yueke.inventory.operations.prioritise import prioritise

__all__ = [
    "SlotKey",
    "TakenSlot",
    "abilities",
    "expire_reservations",
    "give_back_slots",
    "hold",
    "insert_slots_of_product",
    "insert_taken_slots",
    "keep",
    "let_go",
    "lock_slots",
    "lock_slots_of_teacher",
    "open_to_anyone",
    "prioritise",
    "release",
    "slots_not_kept",
    "take_held_slots",
    "take_slots",
    "target",
    "withdraw",
]
