"""The event log, audit and outbox in one, and the request keys that make a command happen once."""
