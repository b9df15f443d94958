"""The writes of the booking room, set by set, inside the caller's transaction."""
