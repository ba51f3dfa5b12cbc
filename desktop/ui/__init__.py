"""The window. One folder a screen: ``presenter`` (decides, no Qt), ``table``, ``view`` (widgets).

Shared: ``texts`` (words), ``formats``, ``errors`` (a failure in words), ``tasks`` (work off the
UI thread), ``session`` (unit and period chosen), ``desk`` (what every screen is given).
"""
