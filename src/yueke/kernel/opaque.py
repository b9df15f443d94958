"""Ids as they leave the house: a kind and sixteen digits that tell nothing of order or number."""

import hashlib
import re

_MASK = (1 << 64) - 1
_DIGITS = re.compile("[0-9a-f]{16}")


class Opaque:
    """One kind of id, scrambled reversibly with a key of the installation."""

    def __init__(self, prefix: str, secret: str) -> None:
        digest = hashlib.sha256(f"{prefix}:{secret}".encode()).digest()
        self.prefix = f"{prefix}_"
        self._factor = int.from_bytes(digest[:8], "big") | 1
        self._inverse = pow(self._factor, -1, 1 << 64)
        self._mask = int.from_bytes(digest[8:16], "big")

    def show(self, number: int) -> str:
        """Return the id that stands for a row number of this kind."""
        scrambled = (number * self._factor & _MASK) ^ self._mask
        scrambled = (scrambled ^ scrambled >> 32) * self._factor & _MASK
        return f"{self.prefix}{scrambled:016x}"

    def read(self, text: str) -> int | None:
        """Return the row number behind an id, or None when it is none of this kind."""
        if not text.startswith(self.prefix):
            return None
        digits = text[len(self.prefix) :]
        if _DIGITS.fullmatch(digits) is None:
            return None
        scrambled = int(digits, 16) * self._inverse & _MASK
        scrambled ^= scrambled >> 32
        number = ((scrambled ^ self._mask) * self._inverse) & _MASK
        return number if number < 1 << 63 else None
