"""Dates as the lists of agents show them, where Django's would say « 29 novembre 2026 04:10 »."""

DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "d/m/Y H:i"
