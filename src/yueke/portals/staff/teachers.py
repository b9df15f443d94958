"""The list of teachers: searched, paged, taken away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.people import queries as people_queries
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.product_names import product_names
from yueke.portals.skills import skill_words
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address, after_row
from yueke.portals.tag_names import tag_name


@staff_page
@require_safe
def teachers(request: HttpRequest) -> HttpResponse:
    """List teachers of a name."""
    desk = sit_down(request=request, see="teachers")
    text = request.GET.get("q", "").strip()
    rows = people_queries.find_teachers(actor=desk.caller.actor, text=text)
    names = product_names(market_id=desk.market_id)
    if "format" in request.GET:
        return _file(request, list(rows[:EXPORT_MAX]), names)
    after = ids.TEACHER.read(request.GET.get("after", ""))
    page = list(after_row(rows=rows, market_id=desk.market_id, after=after)[: PAGE + 1])
    shown = page[:PAGE]
    last = ids.TEACHER.show(shown[-1].pk) if len(page) > PAGE else ""
    context = {
        "desk": desk,
        "text": text,
        "rows": [
            {
                "teacher": teacher,
                "id": ids.TEACHER.show(teacher.pk),
                "teaches": skill_words(skills=teacher.skills, names=names),
            }
            for teacher in shown
        ],
        "more_url": address(q=text, after=last) if last else "",
        "export_url": address(q=text, format="csv"),
        "xlsx_url": address(q=text, format="xlsx"),
        "state": "" if shown else "empty",
    }
    return render(request, "portals/staff/teachers.html", context)


def _file(request: HttpRequest, rows: list[Teacher], names: dict[str, str]) -> HttpResponse:
    head = [
        gettext("Id"),
        gettext("Name"),
        gettext("Time zone"),
        gettext("Rating"),
        gettext("Teaches"),
        gettext("Tags"),
    ]
    lines = (
        [
            ids.TEACHER.show(teacher.pk),
            teacher.name,
            teacher.zone,
            f"{teacher.rating / 100:.2f}",
            skill_words(skills=teacher.skills, names=names),
            ", ".join(tag_name(tag=tag) for tag in teacher.tags),
        ]
        for teacher in rows
    )
    return export(request=request, name="teachers", head=head, rows=lines)
