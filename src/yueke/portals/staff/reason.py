"""Why staff do what they do: asked for at every change, and kept in the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 300


class ReasonForm(forms.Form):
    """One line of why."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST,
        help_text=_("It stands in the log beside your name."),
    )

    def __init__(self, *fields: Any, is_asked: bool = True, **more: Any) -> None:
        super().__init__(*fields, **more)
        self.fields["reason"].required = is_asked
