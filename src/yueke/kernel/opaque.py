"""Ids as they leave the house: a kind and thirteen letters that tell nothing of order or number."""

import hashlib

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_MASK = (1 << 64) - 1


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
        letters = [_ALPHABET[scrambled >> shift & 31] for shift in range(60, -1, -5)]
        return self.prefix + "".join(letters)

    def read(self, text: str) -> int | None:
        """Return the row number behind an id, or None when it is none of this kind."""
        body = text.removeprefix(self.prefix)
        if len(body) != 13 or body == text:
            return None
        scrambled = 0
        for letter in body:
            if letter not in _VALUES:
                return None
            scrambled = scrambled << 5 | _VALUES[letter]
        if scrambled > _MASK:
            return None
        scrambled = scrambled * self._inverse & _MASK
        scrambled ^= scrambled >> 32
        number = ((scrambled ^ self._mask) * self._inverse) & _MASK
        return number if number < 1 << 63 else None
