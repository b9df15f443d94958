"""How contracts are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class ContractNotFound(Refusal):
    """No such contract within the caller's reach."""

    code: ClassVar[str] = "contract_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    contract_id: int | str


@dataclass
class ContractOver(Refusal):
    """The contract was declined or has ended; `state` says which."""

    code: ClassVar[str] = "contract_over"
    kind: ClassVar[Kind] = Kind.CONFLICT
    contract_id: int
    state: str


@dataclass
class NothingToAnswer(Refusal):
    """No lesson of the contract waits for the teacher's answer now."""

    code: ClassVar[str] = "nothing_to_answer"
    kind: ClassVar[Kind] = Kind.CONFLICT
    contract_id: int


@dataclass
class ContractTimeTaken(Refusal):
    """A live contract has this weekly time of the teacher or of the learner."""

    code: ClassVar[str] = "contract_time_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT
    weekday: int
    clock: str
