"""« Mes données »: everything held about a person and the children it acts for, as a ZIP of JSON and PDF.

Both are made from the same lines, so that nothing can stand in one and not in the other.
"""
