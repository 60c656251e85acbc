"""Papers that people send: photographs and PDFs, remade so that they show what they show, and do nothing.

`cleaning.clean` opens them in a process of their own, for a worker: never in a page.
"""
