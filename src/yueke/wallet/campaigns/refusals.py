"""How campaigns are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class CampaignNotFound(Refusal):
    """The market has no such campaign."""

    code: ClassVar[str] = "campaign_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    campaign_id: int | str


@dataclass
class CampaignInvalid(Refusal):
    """The campaign cannot be so; `field` names what is wrong with it."""

    code: ClassVar[str] = "campaign_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    field: str


@dataclass
class CampaignNotRunning(Refusal):
    """The campaign has not begun, or is over."""

    code: ClassVar[str] = "campaign_not_running"
    kind: ClassVar[Kind] = Kind.CONFLICT
    campaign_id: int


@dataclass
class CampaignBudgetSpent(Refusal):
    """What is left of the budget is less than this would take."""

    code: ClassVar[str] = "campaign_budget_spent"
    kind: ClassVar[Kind] = Kind.CONFLICT
    campaign_id: int
    left: int


@dataclass
class CampaignEarnedBefore(Refusal):
    """The learner has earned in this campaign for this cause already."""

    code: ClassVar[str] = "campaign_earned_before"
    kind: ClassVar[Kind] = Kind.CONFLICT
    cause: str


@dataclass
class CampaignLimitReached(Refusal):
    """The learner has earned as often in this campaign as one may."""

    code: ClassVar[str] = "campaign_limit_reached"
    kind: ClassVar[Kind] = Kind.CONFLICT
    limit: int
