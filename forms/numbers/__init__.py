"""Identity numbers, one small module each: ``compact``, ``validate``, ``is_valid``, ``format``.

``compact`` takes off what people put between the digits, ``validate`` returns the clean form or
raises a ``NumberFault``, ``format`` writes the clean form the way people read it. Formats:
portal and formats §4.
"""
