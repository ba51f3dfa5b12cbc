"""``tokhai secret gateway|proxy``: secrets for the system's key store; ``tokhai papers``."""

from dataclasses import replace

from desktop.cli.console import Outcome
from desktop.cli.context import Context
from resources.faults import UsageFault

NONE = "none"


def of_gateway(context: Context) -> Outcome:
    """Of the gateway that is set. Raises UsageFault ``secret.no_client``."""
    destination = context.services.default_destination
    if destination is None or not destination.client_id:
        raise UsageFault("secret.no_client")
    forget = context.options.forget
    secret = "" if forget else context.secret("cli.ask.client_secret")
    context.services.secrets.keep_client(destination, secret)
    return _kept(context, destination.client_id)


def of_proxy(context: Context) -> Outcome:
    options = context.options
    user = "" if options.forget else options.user
    password = context.secret("cli.ask.proxy_password") if user else ""
    context.services.secrets.keep_proxy(options.proxy, user, password)
    return _kept(context, options.proxy)


def _kept(context: Context, whose: str) -> Outcome:
    forgot = context.options.forget
    code = "cli.secret.forgotten" if forgot else "cli.secret.kept"
    return Outcome({"of": whose, "kept": not forgot}, [context.console.words(code, of=whose)])


def papers(context: Context) -> Outcome:
    """How attached papers are signed; what is given is changed. Raises UsageFault
    ``papers.bad_address``."""
    options, services = context.options, context.services
    now = services.paper_settings
    if options.sign:
        now = replace(now, sign=options.sign == "yes")
    if options.timestamp:
        url = "" if options.timestamp == NONE else options.timestamp
        now = replace(now, timestamp_url=url)
    if options.timestamp_required:
        now = replace(now, timestamp_required=options.timestamp_required == "yes")
    services.paper_settings = now
    words = context.console.words
    lines = [
        words("cli.papers.sign" if now.sign else "cli.papers.plain"),
        words("cli.papers.timestamp", url=now.timestamp_url or "–"),
        *([words("cli.papers.required")] if now.timestamp_required else []),
    ]
    return Outcome(
        {
            "sign": now.sign,
            "timestamp": now.timestamp_url,
            "timestamp_required": now.timestamp_required,
        },
        lines,
    )
