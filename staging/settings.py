"""Production's settings, but for accounts that do in seconds what a family does in years.

No variable of the environment lifts those limits, so that no site can be open by mistake: it would have to
be started with this module, which is not part of the product.
"""

from passplus import settings as production

vars().update({name: value for name, value in vars(production).items() if name.isupper()})

ORDERS_AN_HOUR = PDFS_AT_ONCE = 1_000_000
