"""Template tags and filters of the administration."""

from django import template

from core import formats as words
from core import money

register = template.Library()

register.filter("euros", money.euros)
register.filter("jour", words.jour)
# Below two French is singular, where Django’s « pluralize » is plural for none.
register.filter("counted", words.counted_in_french)
register.filter("plural", words.plural)
