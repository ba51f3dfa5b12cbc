"""Help for every option of every command, looked up by the command's path and the option's name."""

import argparse

from resources.messages import catalogue, text


def explain(parser: argparse.ArgumentParser, lang: str, path: tuple[str, ...] = ()) -> None:
    """Gives words to each option that has none, here and in the sub-commands.

    ``cli.option.<command>.<name>`` where a command means something of its own, else
    ``cli.option.<name>``.
    """
    for action in parser._actions:  # argparse lists them nowhere else
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                explain(sub, lang, (*path, name))
        elif action.help is None:
            action.help = words(path, action.dest, lang)


def words(path: tuple[str, ...], name: str, lang: str) -> str | None:
    """None where nobody wrote any: the option is listed without."""
    own = ".".join(("cli.option", *path, name))
    code = own if own in catalogue() else f"cli.option.{name}"
    # argparse formats help with %
    return text(code, lang).replace("%", "%%") if code in catalogue() else None
