"""The parameters that lists have in common."""

from typing import Annotated

from ninja import Query

LIMIT_MAX = 200

Begin = Annotated[str | None, Query(alias="from", description="First instant, inclusive.")]
End = Annotated[str | None, Query(description="Last instant, exclusive.")]
Cursor = Annotated[str | None, Query(description="The `next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX)]
