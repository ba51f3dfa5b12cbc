"""The login page of a Wi-Fi network, which answers in the gateway's place.

A portal shows itself in three ways: by status 511 (RFC 6585 §6), by a redirect or a page of HTML
where a gateway never says either, and by a TLS that is not the gateway's. In the last case the
gateway's own name is asked once without TLS, with nothing of ours in the question: a portal sends
that to its page.
"""

from urllib.parse import urljoin, urlsplit

from sync.errors import Permanent, Transient
from sync.http import Http, Reply

LOGIN_NEEDED = 511
REDIRECTS = {301, 302, 303, 307, 308}
PAGES = {"text/html", "application/xhtml+xml"}


def is_portal(reply: Reply) -> bool:
    """Whether an answer over the gateway's own protocol is a portal's."""
    if reply.status in REDIRECTS or reply.status == LOGIN_NEEDED:
        return True
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    return reply.status < 300 and kind in PAGES


def behind_portal(url: str, plain: Http) -> bool:
    """Whether a question without TLS to the gateway's name ends at somebody else's page.

    ``plain``: a connection that speaks ``http:``. What cannot be told is no portal.
    """
    host = urlsplit(url).hostname or ""
    if "." not in host or not host.rpartition(".")[2].isalpha():
        return False  # a number, or a name of this network: no portal stands before these
    try:
        reply = plain.request("GET", f"http://{host}/", headers={"Cache-Control": "no-cache"})
    except (Transient, Permanent):
        return False
    return reply.status == LOGIN_NEEDED or leads_away(host, reply)


def leads_away(host: str, reply: Reply) -> bool:
    """A redirect to another house; ``www.`` and the like of the same one are no portal."""
    if reply.status not in REDIRECTS:
        return False
    try:
        there = urlsplit(urljoin(f"http://{host}/", reply.headers.get("location", ""))).hostname
    except ValueError:
        return True
    return there is None or not (related(there, host) or related(host, there))


def related(name: str, host: str) -> bool:
    return name == host or name.endswith("." + host)
