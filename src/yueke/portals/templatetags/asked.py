"""The field that marks one showing of a form."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yueke.portals import asked

register = template.Library()


@register.simple_tag
def request_key() -> SafeString:
    """Draw the hidden field with a key of its own."""
    field = '<input type="hidden" name="{}" value="{}">'
    return format_html(field, asked.FIELD, asked.new_key())
