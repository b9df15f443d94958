"""What every part of the load needs to write its rows."""

from dataclasses import dataclass

import numpy as np

from yueke.cli.demo.catalogue import Catalogue
from yueke.cli.demo.company import Company
from yueke.cli.demo.copying import Told
from yueke.cli.demo.numbers import Numbers


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A company on its way into the tables: its arrays, the ids they refer to, the progress."""

    company: Company
    catalogue: Catalogue
    numbers: Numbers
    told: Told

    @property
    def market(self) -> np.int32:
        """The market, as wide as the hot tables keep it."""
        return np.int32(self.catalogue.market)
