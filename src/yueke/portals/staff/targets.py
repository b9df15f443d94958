"""For whom slots are kept, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext

from yueke.curriculum import queries as curriculum_queries
from yueke.inventory.models import Slot
from yueke.people.models import Learner
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk

Names = dict[tuple[str, int], str]


def names_of_targets(*, desk: Desk, slots: Iterable[Slot]) -> Names:
    """Return the names of the slots' targets, by kind and id; two queries find them all."""
    targets = {(slot.target_kind, slot.target_id) for slot in slots}
    products = curriculum_queries.list_products(market_id=desk.market_id).prefetch_related(None)
    names: Names = {("product", product.pk): product_name(thing=product) for product in products}
    if desk.allowed.sees_learners:
        numbers = [n for kind, n in targets if kind == Slot.Target.STUDENT and n]
        learners = Learner.objects.filter(market_id=desk.market_id, id__in=numbers)
        names |= {("student", learner.pk): learner.name for learner in learners}
    return names


def kept_words(*, slot: Slot, names: Names) -> str:
    """Return "kept for 乐乐", or nothing of a slot that is anyone's."""
    if slot.target_kind is None or slot.target_id is None:
        return ""
    name = names.get((slot.target_kind, slot.target_id))
    if name:
        return gettext("kept for %(whom)s") % {"whom": name}
    if slot.target_kind == Slot.Target.STUDENT:
        return gettext("kept for one learner")
    return gettext("kept for one kind of lesson")
