"""What somebody tries who wants what is not theirs: one file per attack.

Where « nothing found » could be an empty check, a control shows that the check finds what it looks for.
"""
