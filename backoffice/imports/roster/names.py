"""The names of a roster: a hundred thousand lines share some thousands of them."""

from functools import lru_cache

from accounts.names import validate_person_name
from core import typed_text

# The same object for the same writing, which spares the memory too.
read_name = lru_cache(maxsize=50_000)(typed_text.name)
# Raises ValidationError.
check_name = lru_cache(maxsize=50_000)(validate_person_name)
