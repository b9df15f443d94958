"""The decisions about open classes: pure, without a database or a clock."""
