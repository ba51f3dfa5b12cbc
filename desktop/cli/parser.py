"""Arguments of every command. The words come from ``resources/messages/cli.toml``."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from desktop.cli import (
    carry,
    columns,
    copying,
    declare,
    doctor,
    inbox,
    months,
    practice,
    printing,
    seal,
    secret,
    send,
    template,
    trusting,
    units,
)
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.explaining import explain
from desktop.cli.law_parser import add_law, month
from desktop.cli.roster_parser import add_roster
from desktop.cli.usage_words import speak
from desktop.cli.values import dossier_id, port, unit_code
from resources.messages import LANGUAGES, text

Handler = Callable[[Context], Outcome]
YES_OR_NO = ("yes", "no")


class WrongUsage(Exception):
    """The command line makes no sense; carries the usage line."""

    def __init__(self, detail: str, usage: str) -> None:
        super().__init__(detail)
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """An argparse parser that lets the caller say the words and choose the exit code.

    Options are written out: what a program abbreviates today may be ambiguous tomorrow, and
    ``--json`` is looked for before anything is parsed.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(message, self.format_usage().rstrip())


def global_options(*, defaults: bool) -> Parser:
    """``--data`` and its kin, accepted before and after the command's name."""
    nothing: Any = argparse.SUPPRESS
    parser = Parser(add_help=False, argument_default=nothing)
    parser.add_argument("--data", type=Path, metavar="DIR", default=None if defaults else nothing)
    parser.add_argument("--practice", action="store_true", default=False if defaults else nothing)
    parser.add_argument("--json", action="store_true", default=False if defaults else nothing)
    language = LANGUAGES[0] if defaults else nothing
    parser.add_argument("--lang", choices=LANGUAGES, default=language)
    return parser


class Commands:
    """Adds sub-commands whose help is looked up by name."""

    def __init__(
        self, parser: argparse.ArgumentParser, lang: str, path: str = "", *, required: bool = True
    ) -> None:
        self._lang = lang
        self._path = path
        self._group = parser.add_subparsers(
            metavar="COMMAND", required=required, parser_class=Parser, title="COMMAND"
        )

    def add(self, name: str, handler: Handler) -> argparse.ArgumentParser:
        parser = self._sub(name)
        parser.set_defaults(handler=handler)
        return parser

    def group(self, name: str) -> "Commands":
        return Commands(self._sub(name), self._lang, f"{name}.")

    def below(self, name: str, parser: argparse.ArgumentParser) -> "Commands":
        """Of a command that does something by itself too."""
        return Commands(parser, self._lang, f"{name}.", required=False)

    def _sub(self, name: str) -> argparse.ArgumentParser:
        about = text(f"cli.help.{self._path}{name}", self._lang)
        shared = [global_options(defaults=False)]
        parser: argparse.ArgumentParser = self._group.add_parser(
            name, help=about, description=about, parents=shared
        )
        return parser


def build_parser(lang: str) -> Parser:
    speak(lang)
    parser = Parser(
        prog="tokhai",
        description=text("cli.help", lang),
        parents=[global_options(defaults=True)],
    )
    commands = Commands(parser, lang)
    add_practice(commands)
    add_units(commands)
    add_copies(commands)
    add_declaring(commands)
    add_months(commands)
    add_roster(commands.group("roster"))
    add_sealing(commands)
    add_sending(commands)
    add_inbox(commands)
    add_secrets(commands)
    add_law(commands)
    explain(parser, lang)
    return parser


def add_practice(commands: Commands) -> None:
    demo = commands.add("demo", practice.demo)
    demo.add_argument("--workbook", type=Path, metavar="F")
    demo.add_argument("--keep", type=Path, metavar="DIR")
    group = commands.group("practice")
    serve = group.add("serve", practice.serve)
    serve.add_argument("--port", type=port, default=0, metavar="N")
    serve.add_argument("--client", action="append", default=[], metavar="ID")
    serve.add_argument("--officer", default="accept", metavar="SCRIPT")
    serve.add_argument("--fault", action="append", default=[], metavar="CALL=FAULT")
    statements = group.add("month", practice.month)
    statements.add_argument("--period", type=month, required=True, metavar="YYYY-MM")
    statements.add_argument("--unit", type=unit_code, metavar="CODE")
    group.add("step", practice.step)
    fault = group.add("fault", practice.fault)
    fault.add_argument("faults", nargs="*", metavar="CALL=FAULT")
    fault.add_argument("--clear", action="store_true")
    sample = group.add("sample", practice.sample)
    sample.add_argument("--out", type=Path, required=True, metavar="DIR")
    sample.add_argument("--people", type=int, default=60, metavar="N")
    sample.add_argument("--pin-stdin", action="store_true")


def add_units(commands: Commands) -> None:
    group = commands.group("unit")
    add = group.add("add", units.add)
    for name in ("code", "name", "tax-code", "agency", "signer", "phone"):
        add.add_argument(f"--{name}", required=True)
    add.add_argument("--region", type=int, choices=(1, 2, 3, 4), required=True)
    add.add_argument("--email", default="")
    add.add_argument("--address", default="")
    group.add("list", units.show)


def add_copies(commands: Commands) -> None:
    keep = commands.add("backup", copying.backup)
    keep.add_argument("--out", type=Path, metavar="DIR")
    keep.add_argument("--list", action="store_true")
    back = commands.add("restore", copying.restore)
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--yes", action="store_true")


def add_declaring(commands: Commands) -> None:
    bring = commands.add("import", declare.import_workbook)
    bring.add_argument("workbook", type=Path, metavar="WORKBOOK")
    bring.add_argument("--unit", type=unit_code, metavar="CODE")
    bring.add_argument("--period", type=month, metavar="YYYY-MM")
    how = bring.add_mutually_exclusive_group()
    how.add_argument("--layout", default="auto")
    how.add_argument("--map", type=Path, metavar="FILE.toml")
    how.add_argument("--again", type=dossier_id, metavar="DOSSIER")
    bring.add_argument("--report", type=Path, metavar="OUT.xlsx")
    bring.add_argument("--roster-only", action="store_true")
    bring.add_argument("--from", dest="since", type=month, metavar="YYYY-MM")
    look = commands.add("columns", columns.show)
    look.add_argument("workbook", type=Path, nargs="?", metavar="WORKBOOK")
    look.add_argument("--map-out", type=Path, metavar="FILE.toml")
    look.add_argument("--fields", action="store_true")
    blank = commands.add("template", template.write)
    blank.add_argument("--out", type=Path, required=True, metavar="OUT.xlsx")
    check = commands.add("check", declare.check)
    check.add_argument("dossier", type=dossier_id, metavar="DOSSIER")
    build = commands.add("build", declare.build)
    build.add_argument("--unit", type=unit_code, required=True, metavar="CODE")
    build.add_argument("--period", type=month, required=True, metavar="YYYY-MM")
    build.add_argument("--procedure", default="600", metavar="600")
    build.add_argument("--attach", type=Path, action="append", default=[], metavar="F")
    build.add_argument("--out", type=Path, metavar="DIR")


def add_months(commands: Commands) -> None:
    diff = commands.add("diff", months.diff)
    diff.add_argument("lists", type=Path, nargs="*", metavar="OLD NEW")
    diff.add_argument("--period", type=month, required=True, metavar="YYYY-MM")
    diff.add_argument("--unit", type=unit_code, metavar="CODE")
    diff.add_argument("--map", type=Path, metavar="FILE.toml")
    diff.add_argument("--old-map", type=Path, metavar="FILE.toml")
    diff.add_argument("--new-map", type=Path, metavar="FILE.toml")
    diff.add_argument("--accept", action="store_true")


def add_sealing(commands: Commands) -> None:
    sign = commands.add("sign", seal.sign)
    sign.add_argument("dossier", type=dossier_id, nargs="+", metavar="DOSSIER")
    key = sign.add_mutually_exclusive_group(required=True)
    key.add_argument("--module", type=Path, metavar="LIB")
    key.add_argument("--p12", type=Path, metavar="FILE")
    sign.add_argument("--serial", metavar="HEX")
    sign.add_argument("--pin-pad", action="store_true")
    sign.add_argument("--last-try", action="store_true")
    sign.add_argument("--pin-stdin", action="store_true")
    verify = commands.add("verify", seal.verify)
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE")
    verify.add_argument("--online", action="store_true")
    add_tokens(commands.group("token"))
    add_trust(commands.group("trust"))


def add_tokens(group: Commands) -> None:
    tokens = group.add("list", seal.list_tokens)
    tokens.add_argument("--module", type=Path, required=True, metavar="LIB")
    find = group.add("find", doctor.find)
    find.add_argument("--unit", type=unit_code, metavar="CODE")
    explained = group.add("doctor", doctor.doctor)
    explained.add_argument("--module", type=Path, metavar="LIB")
    explained.add_argument("--unit", type=unit_code, metavar="CODE")
    explained.add_argument("--bundle", type=Path, metavar="OUT.zip")


def add_trust(group: Commands) -> None:
    group.add("list", trusting.show)
    add = group.add("add", trusting.add)
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--yes", action="store_true")


def add_sending(commands: Commands) -> None:
    go = commands.add("send", send.send)
    go.add_argument("dossier", type=dossier_id, nargs="?", metavar="DOSSIER")
    add_gateway(go)
    outbox = commands.add("outbox", carry.outbox)
    waiting = outbox.add_mutually_exclusive_group()
    waiting.add_argument("--pause", action="store_true")
    waiting.add_argument("--resume", action="store_true")
    waiting.add_argument("--take", type=Path, metavar="FILE")
    waiting.add_argument("--take-back", dest="back", type=dossier_id, metavar="DOSSIER")
    outbox.add_argument("--yes", action="store_true")
    outbox.add_argument("--pin-stdin", action="store_true")
    status = commands.add("status", send.status)
    status.add_argument("dossier", type=dossier_id, metavar="DOSSIER")
    paper = commands.add("print", printing.print_forms)
    paper.add_argument("dossier", type=dossier_id, metavar="DOSSIER")
    paper.add_argument("--out", type=Path, required=True, metavar="DIR")
    paper.add_argument("--form", default="", metavar="CODE")
    export = commands.add("export", carry.export)
    export.add_argument("dossier", type=dossier_id, metavar="DOSSIER")
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    export.add_argument("--as", dest="kind", choices=carry.KINDS, default=carry.KINDS[0])
    export.add_argument("--lock", action="store_true")
    export.add_argument("--pin-stdin", action="store_true")
    add_gateway(export)
    commands.add("receipt", send.take_receipt).add_argument("file", type=Path, metavar="FILE")


def add_secrets(commands: Commands) -> None:
    group = commands.group("secret")
    gateway, proxy = group.add("gateway", secret.of_gateway), group.add("proxy", secret.of_proxy)
    proxy.add_argument("proxy", metavar="HOST:PORT")
    proxy.add_argument("--user", default="", metavar="USER")
    for each in (gateway, proxy):
        each.add_argument("--forget", action="store_true")
        each.add_argument("--pin-stdin", action="store_true")
    signed = commands.add("papers", secret.papers)
    signed.add_argument("--sign", choices=YES_OR_NO)
    signed.add_argument("--timestamp", metavar="URL")
    signed.add_argument("--timestamp-required", choices=YES_OR_NO)


def add_inbox(commands: Commands) -> None:
    letters = commands.add("inbox", inbox.overview)
    letters.add_argument("--fetch", action="store_true")
    letters.add_argument("--unit", type=unit_code, metavar="CODE")
    below = commands.below("inbox", letters)
    below.add("show", inbox.show).add_argument("letter", metavar="ID")
    below.add("compare", inbox.compare).add_argument("letter", metavar="ID")
    save = below.add("save", inbox.save)
    save.add_argument("letter", metavar="ID")
    save.add_argument("--out", type=Path, required=True, metavar="DIR")
    take = below.add("take", inbox.take)
    take.add_argument("files", type=Path, nargs="+", metavar="FILE")
    take.add_argument("--unit", type=unit_code, metavar="CODE", default=argparse.SUPPRESS)
    page = commands.add("portal", inbox.portal)
    page.add_argument("dossier", type=dossier_id, metavar="DOSSIER")
    page.add_argument("--open", action="store_true")


def add_gateway(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--gateway", metavar="URL")
    parser.add_argument("--ca", type=Path, metavar="FILE")
    parser.add_argument("--adapter", metavar="NAME")
    parser.add_argument("--client-id", metavar="ID")
    parser.add_argument("--server-key", action="append", metavar="SHA256")
