"""Keep the garbage collector from walking what will never be garbage."""

import gc

# A batch makes some thousand objects, all freed by counting references alone.
_ALLOCATIONS_PER_SWEEP = 100_000


def settle() -> None:
    """Set what is loaded by now aside, and sweep the rest seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_PER_SWEEP, 20, 20)
