"""Template tags and filters of the administration."""

from django import template

from core import formats as words
from core import money

register = template.Library()

register.filter("euros", money.euros)
register.filter("jour", words.jour)
