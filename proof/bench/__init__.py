"""`make bench`: how fast Pass+ is, as ratios to floors measured in the same minutes on the same machine.

A floor is the least that any program would do for the same answer: the same SQL through psycopg and the
same bytes (`floor`), one password verified, the same ticket drawn by hand (`pdf_floor`). Absolute times
belong to one machine on one day; a ratio can be found again anywhere.
"""
