"""Read endpoints of webhooks and their deliveries within a caller's reach."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yueke.feeds.models import WebhookDelivery, WebhookEndpoint
from yueke.feeds.refusals import DeliveryNotFound, EndpointNotFound
from yueke.kernel.actor import Actor


def list_endpoints(*, actor: Actor) -> QuerySet[WebhookEndpoint]:
    """Return a market's endpoints, first made first, each with how many deliveries wait."""
    endpoints = WebhookEndpoint.objects.filter(market_id=actor.market_id)
    waiting = WebhookDelivery.objects.filter(endpoint=OuterRef("id"), state="waiting")
    # Counted for each endpoint along the index of those that wait.
    many = waiting.values("endpoint").annotate(many=Count("id")).values("many")
    return endpoints.annotate(waiting=Coalesce(Subquery(many), 0)).order_by("id")


def get_endpoint(*, actor: Actor, endpoint_id: int, for_update: bool = False) -> WebhookEndpoint:
    """Return an endpoint of the market, or refuse (endpoint_not_found)."""
    endpoints = WebhookEndpoint.objects.filter(market_id=actor.market_id, id=endpoint_id)
    found = (endpoints.select_for_update() if for_update else endpoints).first()
    if found is None:
        raise EndpointNotFound(endpoint_id)
    return found


def list_deliveries(
    *,
    actor: Actor,
    endpoint_id: int,
    state: str = "",
    before: int | None = None,
) -> QuerySet[WebhookDelivery]:
    """Return an endpoint's deliveries, last first; `before` is the one that ended the page before.

    Refuses: endpoint_not_found.
    """
    endpoint = get_endpoint(actor=actor, endpoint_id=endpoint_id)
    deliveries = WebhookDelivery.objects.filter(market_id=actor.market_id, endpoint=endpoint)
    if state:
        deliveries = deliveries.filter(state=state)
    if before is not None:
        deliveries = deliveries.filter(id__lt=before)
    return deliveries.order_by("-id")


def get_delivery(*, actor: Actor, delivery_id: int, for_update: bool = False) -> WebhookDelivery:
    """Return a delivery of the market with its endpoint, or refuse (delivery_not_found)."""
    deliveries = WebhookDelivery.objects.select_related("endpoint")
    deliveries = deliveries.filter(market_id=actor.market_id, id=delivery_id)
    found = (deliveries.select_for_update(of=("self",)) if for_update else deliveries).first()
    if found is None:
        raise DeliveryNotFound(delivery_id)
    return found
