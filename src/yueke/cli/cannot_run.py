"""What a command says when the machine, not the rules, keeps it from running."""


class CannotRun(Exception):
    """One plain sentence: what happened, and what to do about it."""
