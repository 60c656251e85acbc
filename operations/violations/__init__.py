"""Violation reports of the Content-Security-Policy, as browsers send them.

A line may be the first sign of an attack, or of a page of ours that does not work. Anybody can send one, so
nothing of it is believed: each fact is a word of a closed list, the name of a route, or the mere origin of a
site. The rest (address, referrer, sample of the script) may be somebody's, and is not even looked at.
"""
