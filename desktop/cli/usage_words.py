"""argparse's own sentences in the person's language.

argparse looks every sentence up through a module-level ``_``; there is no other door.
"""

import argparse

from resources.messages import text

SENTENCES = {
    "usage: ": "cli.argparse.usage",
    "options": "cli.argparse.options",
    "positional arguments": "cli.argparse.positionals",
    "show this help message and exit": "cli.argparse.help",
    "the following arguments are required: %s": "cli.argparse.required",
    "unrecognized arguments: %s": "cli.argparse.unrecognized",
    "expected one argument": "cli.argparse.one",
    "expected at least one argument": "cli.argparse.some",
    "invalid choice: %(value)r (choose from %(choices)s)": "cli.argparse.choice",
    "invalid %(type)s value: %(value)r": "cli.argparse.value",
    "not allowed with argument %s": "cli.argparse.together",
    "one of the arguments %s is required": "cli.argparse.one_of",
    "argument %(argument_name)s: %(message)s": "cli.argparse.argument",
}


def speak(lang: str) -> None:
    """From now on argparse speaks ``lang``; a sentence it does not know stays English."""

    def translated(sentence: str) -> str:
        code = SENTENCES.get(sentence)
        return text(code, lang) if code else sentence

    argparse._ = translated  # type: ignore[attr-defined]  # private, see the module's docstring
