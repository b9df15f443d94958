"""The writes of open classes, inside the caller's transaction."""
