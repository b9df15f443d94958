"""The loops, as Python runs them for a few learners and as machine code for many.

Compiling takes longer than a small plan, and numba's import longer than a page may: whoever
plans for one learner never pays for either.
"""

import hashlib
import importlib.util
import inspect
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from yueke.kernel import database_url

# Below so many acceptable times plain Python is done sooner than the machine code is loaded.
FEW = 20_000


def loops_for(module: ModuleType, *, size: int) -> ModuleType:
    """Return a module of loops as it is, or compiled where there is much to do."""
    return module if size < FEW else compiled(module)


@cache
def compiled(module: ModuleType) -> ModuleType:
    """Return a second copy of a module whose functions are machine code."""
    from numba import config, njit  # noqa: PLC0415  see above

    vars(config)["CACHE_DIR"] = str(_kept_in())
    spec = importlib.util.spec_from_file_location(f"{module.__name__}_compiled", module.__file__)
    assert spec is not None
    assert spec.loader is not None
    copy = importlib.util.module_from_spec(spec)
    # Machine code that was kept finds its module by name.
    sys.modules[spec.name] = copy
    spec.loader.exec_module(copy)
    # Each finds the others compiled: names are looked up when the first call comes.
    for name, function in inspect.getmembers(copy, inspect.isfunction):
        if function.__module__ == copy.__name__:
            setattr(copy, name, njit(function, cache=True, nogil=True))
        elif function.__module__.endswith("_loops"):
            setattr(copy, name, getattr(compiled(sys.modules[function.__module__]), name))
    return copy


@cache
def _kept_in() -> Path:
    """Return where machine code is kept between processes: elsewhere once any loop has changed.

    Numba looks at the one file that a function is in, and not at those of the loops it calls.
    """
    told = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        told.update(path.read_bytes())
    return database_url.data_folder() / "compiled" / told.hexdigest()[:16]
