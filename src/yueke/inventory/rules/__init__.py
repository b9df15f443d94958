"""The decisions of the inventory room: pure, without a database or a clock."""
