"""The `yueke` command: one module a command, and what it takes to run them."""
