"""The decisions of the booking room: pure, without a database or a clock."""
