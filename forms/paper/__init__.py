"""Forms on paper: a form's content → pages in the official layout → PDF.

``printing`` is the door. Layouts are data (``resources/paper``); what has none is printed as a
plain list and says so.
"""
