"""What the officer of practice does with an accepted dossier, notice by notice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from desktop.practice.ca import GatewayPapers
from desktop.practice.gateway.desk import Desk as GatewayDesk
from desktop.practice.gateway.ledger import Entry, Ledger
from desktop.practice.gateway.mail import Mail
from desktop.practice.gateway.months import Statements
from desktop.practice.gateway.officer import Officer
from desktop.practice.gateway.post import PAGE, NewPost, Post
from desktop.practice.gateway.script import Script, load_script, read_script
from desktop.practice.gateway.statements import Month, c12, d09
from desktop.services.receipts import is_sound, is_trusted, signatures_of
from forms.model import Period
from forms.outcomes import outcomes
from forms.rules.dated import RuleMissing
from forms.xml.notice import Notice, read_notice
from resources import locate
from resources.faults import DataFault, UsageFault
from tests.fakes.checked import UNIT
from tests.fakes.gateway import NOW, Counter, Recipe, good_package, other_package

A_WHILE = timedelta(hours=2)


@dataclass
class Desk:
    """The counter with the officer behind it; both look at the counter's clock."""

    counter: Counter
    papers: GatewayPapers
    script: Script

    @property
    def officer(self) -> Officer:
        ledger = self.counter.ledger
        return Officer(ledger, self.papers, self.script, lambda: self.counter.now)

    def posts(self, after: int = 0) -> Sequence[Post]:
        return self.counter.ledger.letters.page(UNIT.code, UNIT.tax_code, after)[0]

    def notices(self) -> list[Notice]:
        return [read_notice(post.document or b"") for post in self.posts()]

    def kinds(self) -> list[str]:
        return [post.kind for post in self.posts()]


def desk_of(counter: Counter, papers: GatewayPapers, play: str) -> Desk:
    counter.hand_in(good_package())
    return Desk(counter, papers, load_script(play))


@pytest.mark.parametrize(
    ("play", "kinds", "codes"),
    [
        ("accept", ["receipt", "processing", "result"], ["00", "01", "02"]),
        ("supplement", ["receipt", "processing", "supplement"], ["00", "01", "03"]),
        ("refuse", ["receipt", "refusal"], ["00", "09"]),
        ("slow", ["receipt", "processing", "result"], ["00", "01", "02"]),
    ],
)
def test_each_play_lays_out_its_notices_in_order(
    counter: Counter, papers: GatewayPapers, play: str, kinds: list[str], codes: list[str]
) -> None:
    desk = desk_of(counter, papers, play)
    counter.now += A_WHILE
    assert desk.officer.act() == len(kinds) - 1
    assert desk.kinds() == kinds
    notices = desk.notices()
    assert [notice.result_code for notice in notices] == codes
    (number,) = {notice.number for notice in notices}
    assert number == counter.entry().number
    assert {notice.sha256 for notice in notices} == {sha256(good_package()).hexdigest()}
    assert {notice.transaction for notice in notices} == {counter.entry().transaction_code}
    assert desk.officer.act() == 0


def test_every_notice_is_signed_as_receipts_are(counter: Counter, papers: GatewayPapers) -> None:
    desk = desk_of(counter, papers, "supplement")
    counter.now += A_WHILE
    desk.officer.act()
    for post in desk.posts():
        reports = signatures_of(post.document or b"")
        assert is_sound(reports)
        assert is_trusted(reports[0], papers.authority.pem, counter.now)


def test_nothing_happens_before_its_time_but_on_request(
    counter: Counter, papers: GatewayPapers
) -> None:
    desk = desk_of(counter, papers, "slow")
    assert desk.officer.act() == 0
    assert desk.officer.step() == 1
    assert desk.kinds() == ["receipt", "processing"]
    counter.now += timedelta(seconds=599)
    assert desk.officer.act() == 0
    counter.now += timedelta(seconds=1)
    assert desk.officer.act() == 1
    assert desk.kinds()[-1] == "result"


def test_the_day_of_the_result_is_promised(counter: Counter, papers: GatewayPapers) -> None:
    desk = desk_of(counter, papers, "accept")
    desk.officer.step()
    day = (counter.now + timedelta(days=7)).astimezone(UTC) + timedelta(hours=7)
    document = desk.posts()[-1].document or b""
    assert f"<NGAY_TRA>{day:%d/%m/%Y}</NGAY_TRA>".encode() in document


def test_a_refusal_names_rows_and_reasons(counter: Counter, papers: GatewayPapers) -> None:
    desk = desk_of(counter, papers, "refuse")
    desk.officer.step()
    notice = desk.notices()[-1]
    named = [row.name for row in notice.rows]
    assert any(name.startswith("Dòng 1: Lê Thị Mây Suối. ") for name in named)
    assert any(name.startswith("Dòng 2. ") for name in named), "the list has no second row"
    assert "từ chối" in notice.error_text
    assert notice.error_code


def test_a_result_brings_its_files(counter: Counter, papers: GatewayPapers) -> None:
    desk = desk_of(counter, papers, "accept")
    desk.officer.step()
    desk.officer.step()
    post = desk.posts()[-1]
    assert [file.name.rpartition(".")[2] for file in post.files] == ["xml", "xlsx"]
    xml, xlsx = (desk.counter.ledger.letters.file(file.id) or b"" for file in post.files)
    assert [sha256(each).hexdigest() for each in (xml, xlsx)] == [f.sha256 for f in post.files]
    assert is_sound(signatures_of(xml))
    rows = list(openpyxl.load_workbook(BytesIO(xlsx)).worksheets[0].iter_rows(values_only=True))
    assert rows[-1][:4] == (1, "Lê Thị Mây Suối", "9900000017", "TM")
    notice = read_notice(post.document or b"")
    assert all(any(f.sha256 in row.name for row in notice.rows) for f in post.files)


def test_two_officers_at_once_take_a_step_once(counter: Counter, papers: GatewayPapers) -> None:
    desk = desk_of(counter, papers, "accept")
    (entry, accepted_at), letters = counter.ledger.not_on_table()[0], counter.ledger.letters
    letters.put_on_table(entry.id, "accept", accepted_at)
    (play,) = letters.waiting()
    taken = [
        letters.advance(play, NOW, post=None, outcome="processing", done=False) for _ in range(2)
    ]
    assert taken == [True, False]
    assert desk.officer.step() == 1
    assert desk.kinds() == ["receipt", "result"]


def test_dossiers_are_dealt_out_by_the_script(counter: Counter, papers: GatewayPapers) -> None:
    script = load_script(str(locate("practice/officer_sample.toml")))
    for number, job in enumerate(("may", "cắt", "ủi", "kho"), start=1):
        counter.hand_in(Recipe(job=job).package(), number)
    desk = Desk(counter, papers, script)
    counter.now += A_WHILE
    desk.officer.act()
    last = {read_notice(p.document or b"").number[:5]: p.kind for p in desk.posts()}
    assert last == {
        "00001": "result",
        "00002": "refusal",
        "00003": "result",
        "00004": "supplement",
    }


def test_a_dossier_no_play_fits_keeps_its_receipt(counter: Counter, papers: GatewayPapers) -> None:
    counter.hand_in(good_package())
    script = read_script(
        '[[play]]\nname="x"\nwhen={procedure=["630"]}\n[[play.step]]\ndo="result"', file="x"
    )
    desk = Desk(counter, papers, script)
    assert desk.officer.step() == 0
    assert desk.kinds() == ["receipt"]


def test_a_refusal_at_the_desk_lies_there_too(counter: Counter, papers: GatewayPapers) -> None:
    counter.hand_in(b"<Hoso/>")
    desk = Desk(counter, papers, load_script())
    assert desk.officer.step() == 0
    assert desk.kinds() == ["refusal"]
    assert desk.notices()[0].result_code == outcomes()["refusal"].code


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "[month]\nday = 31",
        "[[play]]\nname = 1",
        '[[play]]\nname = "a"\n[[play.step]]\ndo = "vanish"',
        '[[play]]\nname = "a"\n[[play.step]]\ndo = "result"\nfiles = ["pdf"]',
        '[[play]]\nname = "a"\n[[play.step]]\ndo = "result"\nafter = -1',
        '[[play]]\nname = "a"\nwhen = { every = 2, rest = 2 }',
        '[[play]]\nname = "a"\nwhen = { weather = "fine" }',
        '[[play]]\nname = "a"\n[[play.step]]\ndo = "refusal"\nrows = [{ line = 1 }]',
        "= =",
    ],
)
def test_a_slip_in_a_script_is_told(text: str) -> None:
    with pytest.raises(DataFault) as caught:
        read_script(text, file="kich-ban.toml")
    assert caught.value.code == "practice.script"
    assert set(caught.value.params) == {"file", "place", "name"}


@pytest.mark.parametrize("chosen", ["nobody", "/no/such/file.toml", "/etc/hostname"])
def test_a_script_that_is_not_there(chosen: str) -> None:
    with pytest.raises(UsageFault, match=r"practice\.no_script"):
        load_script(chosen)


def test_notices_come_in_pages(counter: Counter) -> None:
    ledger: Ledger = counter.ledger
    letter = NewPost(
        unit_code="A", tax_code="1", kind="other", parcel_id=None, document=None, files=()
    )
    for _ in range(PAGE + 3):
        ledger.letters.post_statement(letter, "2026-11")
    ledger.letters.post_statement(replace(letter, unit_code="B"), "2026-11")
    first, more = ledger.letters.page("A", "1", 0)
    assert (len(first), more) == (PAGE, True)
    rest, more = ledger.letters.page("A", "1", first[-1].seq)
    assert (len(rest), more) == (3, False)
    assert [p.seq for p in (*first, *rest)] == sorted({p.seq for p in (*first, *rest)})
    assert ledger.letters.page("A", "2", 0) == ([], False)


def statements(counter: Counter, papers: GatewayPapers) -> Statements:
    return Statements(counter.ledger, papers, lambda: counter.now)


def test_a_months_statement_comes_once_by_itself(counter: Counter, papers: GatewayPapers) -> None:
    counter.hand_in(good_package())
    counter.hand_in(other_package(), 2)
    counter.now = datetime(2026, 12, 4, 12, tzinfo=UTC)
    work, desk = statements(counter, papers), Desk(counter, papers, load_script())
    work.post_due(5, unit_code=UNIT.code)
    assert "statement" not in desk.kinds(), "it is the 4th"
    counter.now += timedelta(days=1)
    for _ in range(2):
        work.post_due(5, unit_code=UNIT.code)
    assert desk.kinds().count("statement") == 1
    notice = desk.notices()[-1]
    assert (notice.period, notice.number, notice.procedure) == ("11/2026", "", "")
    assert len(notice.rows) == len(desk.posts()[-1].files) == 2
    assert desk.posts()[-1].parcel_id is None


def test_a_unit_that_filed_nothing_has_no_statement(
    counter: Counter, papers: GatewayPapers
) -> None:
    counter.hand_in(good_package())
    counter.now = datetime(2026, 12, 9, 12, tzinfo=UTC)
    assert statements(counter, papers).post(Period(2026, 10)) == 0
    assert statements(counter, papers).post(Period(2026, 11), unit_code="ZZ9999Z") == 0
    assert statements(counter, papers).post(Period(2026, 11)) == 1


def test_a_statement_under_the_old_decision_has_joint_columns(
    counter: Counter, papers: GatewayPapers
) -> None:
    """Before May 2026; nobody filed so early here, so only its layout is looked at."""

    month = Month(unit_code=UNIT.code, unit_name="x", period=Period(2026, 1), people=(), before=())
    sheet = openpyxl.load_workbook(BytesIO(c12(month))).worksheets[0]
    heads = [cell.value for cell in sheet[6]]
    assert heads[2:7] == ["BHXH", "BHYT", "BHTN", "BHTNLĐ, BNN", "Cộng"]
    assert openpyxl.load_workbook(BytesIO(d09(month))).worksheets[0].max_row > 6


def test_asking_for_notices_brings_them_up_to_date(counter: Counter, papers: GatewayPapers) -> None:
    """Nothing runs in the background, and yet a week later everything lies there."""
    counter.hand_in(good_package())
    counter.now = datetime(2026, 12, 9, 12, tzinfo=UTC)
    mail = Mail(
        counter.ledger.letters,
        Desk(counter, papers, load_script()).officer,
        statements(counter, papers),
        statement_day=5,
    )
    posts, more = mail.page(UNIT.code, UNIT.tax_code, 0)
    assert [post.kind for post in posts] == ["receipt", "processing", "result", "statement"]
    assert not more
    assert mail.page(UNIT.code, UNIT.tax_code, 0)[0] == posts


def test_a_month_no_rule_covers_holds_nothing_up(counter: Counter, papers: GatewayPapers) -> None:
    class NoRule(Statements):
        def post(self, period: Period, *, unit_code: str | None = None) -> int:
            raise RuleMissing("rules.missing")

    work = NoRule(counter.ledger, papers, lambda: datetime(2026, 12, 9, tzinfo=UTC))
    work.post_due(1, unit_code=UNIT.code)
    assert not counter.ledger.letters.has_statement(UNIT.code, "2026-11")


def test_a_dossier_begun_under_another_script_goes_on_under_this_one(
    counter: Counter, papers: GatewayPapers
) -> None:
    desk = desk_of(counter, papers, "slow")
    desk.officer.step()
    assert Desk(counter, papers, load_script("refuse")).officer.step() == 0, "it has no second step"
    assert Desk(counter, papers, load_script("supplement")).officer.step() == 1
    assert desk.kinds() == ["receipt", "processing", "supplement"]
    assert desk.officer.step() == 0


def test_two_gateways_over_one_folder_accept_a_package_once(
    counter: Counter, papers: GatewayPapers, tmp_path: Path
) -> None:
    """The other one accepts it between our look and our acceptance."""

    class Late(Ledger):
        def accepted_before(self, entry: Entry) -> Entry | None:
            return None

    counter.hand_in(good_package(), 1)
    ledger = Late(tmp_path / "ledger.db")
    other = Counter(GatewayDesk(ledger, papers, lambda: counter.now), ledger)
    assert other.hand_in(good_package(), 2)["state"] == "refused"
    assert sum(each.accepted for each in ledger.tally().values()) == 1
