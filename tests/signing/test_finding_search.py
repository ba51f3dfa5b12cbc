"""Every place where a token's driver may lie, on each system, tried over computers in memory."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from resources import read_text
from signing.finding.drivers import Evidence, System, driver_list, parse_drivers
from signing.finding.library import OUR_BITS
from signing.finding.search import FoundModule, Source, find_modules, in_order, look_at
from tests.fakes.computer import Computer
from tests.fakes.libraries import MODULE_ENTRY, dll, dylib

SYSTEM32, SYSWOW64 = r"C:\Windows\System32", r"C:\Windows\SysWOW64"
GOOD, GOOD_32, OTHER = dll(MODULE_ENTRY), dll(MODULE_ENTRY, bits=32), dll("CPAcquireContext")


def found(computer: Computer) -> dict[str, FoundModule]:
    return {each.path: each for each in find_modules(computer.places)}


class TestWindows:
    def test_a_listed_driver_is_found_whatever_its_letters(self) -> None:
        path = rf"{SYSTEM32}\VIETTEL-CA_V6.DLL"
        (module,) = found(Computer(content={path: GOOD})).values()
        assert (module.path, module.brand, module.source) == (path, "Viettel-CA", Source.LISTED)
        assert module.usable

    def test_the_other_word_size_is_shown_as_such(self) -> None:
        path = rf"{SYSWOW64}\vnptca_p11_v8.dll"
        (module,) = found(Computer(content={path: GOOD_32})).values()
        assert (module.bits, module.usable) == (32, OUR_BITS == 32)

    @pytest.mark.parametrize("name", ["newbrand-ca_v3.dll", "hilo_csp11_v1.dll", "trust_p11.dll"])
    def test_an_unlisted_brand_is_found_by_the_house_pattern(self, name: str) -> None:
        (module,) = found(Computer(content={rf"{SYSTEM32}\{name}": GOOD})).values()
        assert (module.brand, module.source) == ("", Source.PATTERN)

    @pytest.mark.parametrize("name", ["viettel-ca_v6_s.dll", "msvcp110.dll", "vcomp_p11.dll"])
    def test_shells_and_runtimes_are_left_out(self, name: str) -> None:
        assert not found(Computer(content={rf"{SYSTEM32}\{name}": GOOD}))

    def test_a_file_of_the_right_name_that_is_no_module_does_not_count(self) -> None:
        assert not found(Computer(content={rf"{SYSTEM32}\BkavCA.dll": OTHER}))

    def test_a_folder_of_a_vendors_own_is_looked_into(self) -> None:
        path = r"C:\Program Files\Bkav Corporation\BkavCA Token Manager\st3csp11.dll"
        assert list(found(Computer(content={path: GOOD}))) == [path]

    def test_a_folder_that_this_windows_lacks_is_left_out(self) -> None:
        path = r"%ProgramFiles(x86)%\TSD\ECUS_K4\ostc1_csp11.dll"
        variables = {"systemroot": r"C:\Windows"}
        assert not found(Computer(content={path: GOOD}, variables=variables))


class TestByCertificate:
    """The way that finds brands no list knows."""

    CSP = "HILO Token CSP"

    def computer(self, image: str, **content: bytes) -> Computer:
        files = {rf"{SYSTEM32}\{name}.dll": data for name, data in content.items()}
        return Computer(content=files, key_holders=[self.CSP], registered={self.CSP: [image]})

    def test_the_module_beside_the_shell(self) -> None:
        computer = self.computer(rf"{SYSTEM32}\hilo_s.dll", hilo=GOOD, hilo_s=OTHER)
        (module,) = found(computer).values()
        assert module.path == rf"{SYSTEM32}\hilo.dll"
        assert module.source is Source.CERTIFICATE_STORE

    def test_one_file_may_be_both(self) -> None:
        assert list(found(self.computer(r"hilo.dll", hilo=GOOD))) == [rf"{SYSTEM32}\hilo.dll"]

    @pytest.mark.parametrize(
        "image",
        [
            "hilo_S.DLL",
            r"%SystemRoot%\System32\hilo_s.dll",
            r"%systemroot%\System32\hilo_s.dll",
            r"\SystemRoot\System32\hilo_s.dll",
            r"\??\C:\Windows\System32\hilo_s.dll",
        ],
    )
    def test_however_the_registry_writes_it(self, image: str) -> None:
        (module,) = found(self.computer(image, hilo=GOOD)).values()
        assert module.path.lower() == rf"{SYSTEM32}\hilo.dll".lower()

    def test_a_file_found_twice_stands_once(self) -> None:
        image = r"C:\WINDOWS\system32\viettel-ca_v6.dll"
        computer = self.computer(image, **{"viettel-ca_v6": GOOD})
        (module,) = found(computer).values()
        assert module.brand == "Viettel-CA"

    def test_a_provider_that_is_not_registered_finds_nothing(self) -> None:
        assert not found(Computer(key_holders=["Microsoft Software Key Storage Provider"]))


class TestLinux:
    LIBRARY = "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"

    def computer(self, **files: bytes) -> Computer:
        return Computer(system=System.LINUX, content=files, variables={})

    def with_p11_kit(self, text: str, library: str) -> Computer:
        listed = {"/usr/share/p11-kit/modules/a.module": text.encode(), library: GOOD}
        return self.computer(**listed)

    def test_a_listed_driver(self) -> None:
        path = "/usr/lib/x86_64-linux-gnu/libcastle.so.1.0.0"
        (module,) = found(self.computer(**{path: GOOD})).values()
        assert module.brand == "Feitian"

    def test_what_p11_kit_knows(self) -> None:
        text = f"# a comment\n  module: {self.LIBRARY} \npriority: 1\n"
        (module,) = found(self.with_p11_kit(text, self.LIBRARY)).values()
        assert (module.path, module.source) == (self.LIBRARY, Source.P11_KIT)

    def test_a_name_alone_is_looked_for_where_p11_kit_does(self) -> None:
        path = "/usr/lib/x86_64-linux-gnu/pkcs11/vendor.so"
        assert list(found(self.with_p11_kit("module: vendor.so\n", path))) == [path]

    @pytest.mark.parametrize("name", ["p11-kit-trust.so", "gnome-keyring-pkcs11.so"])
    def test_what_holds_no_token_is_left_out(self, name: str) -> None:
        path = f"/usr/lib/x86_64-linux-gnu/pkcs11/{name}"
        assert not found(self.with_p11_kit(f"module: {name}\n", path))

    def test_a_module_file_that_names_nothing(self) -> None:
        assert not found(self.with_p11_kit("priority: 1\n", "/usr/lib/nothing.so"))

    def test_links_lead_to_one_file(self) -> None:
        real = "/usr/lib/WatchData/ProxKey/lib/libwdpkcs.so"
        computer = self.computer(**{real: GOOD})
        computer.links["/usr/lib/libwdpkcs.so"] = real
        assert list(found(computer)) == [real]


def test_a_driver_of_macos() -> None:
    path = "/usr/local/lib/viettel-ca_v6.dylib"
    computer = Computer(system=System.MACOS, content={path: dylib(MODULE_ENTRY)}, variables={})
    assert found(computer)[path].brand == "Viettel-CA"


class TestChosen:
    def test_any_file_may_be_chosen(self) -> None:
        module = look_at(Computer(content={r"D:\my.dll": GOOD}).places, r"D:\my.dll")
        assert (module.source, module.is_module, module.brand) == (Source.CHOSEN, True, "")

    def test_a_file_that_is_none_is_told(self) -> None:
        module = look_at(Computer().places, r"D:\none.dll")
        assert (module.bits, module.usable) == (None, False)


def test_the_order() -> None:
    names = ("a", "b", "c", "d")
    content = {rf"{SYSTEM32}\{name}_csp11.dll": GOOD for name in names}
    content[rf"{SYSTEM32}\0_csp11.dll"] = GOOD_32
    modules = find_modules(Computer(content=content).places)
    remembered, plugged = rf"{SYSTEM32}\d_csp11.dll", rf"{SYSTEM32}\c_csp11.dll"
    order = in_order(modules, remembered=remembered, with_token=[plugged])
    assert [each.path[-len("a_csp11.dll")] for each in order] == ["d", "c", "a", "b", "0"]


class TestTheList:
    def test_it_holds_every_authority_of_the_facts(self) -> None:
        brands = {each.brand for each in driver_list().drivers}
        assert brands >= {
            *("VNPT-CA", "Viettel-CA", "FPT-CA", "BKAV-CA", "CA2", "NC-CA", "NewCA", "SmartSign"),
            *("SAFE-CA", "CK-CA", "EFY-CA", "MISA-CA", "FastCA", "I-CA", "EasyCA", "WINCA", "ECA"),
            *("SafeNet, Thales", "Feitian", "Hypersecu", "Longmai mToken", "Watchdata"),
        }

    @pytest.mark.parametrize(
        "name", ["FPT_Token.dll", "vnpt_ca_pkcs11.dll", "ViettelPKCS11.dll", "gca01.dll"]
    )
    def test_names_that_nobody_uses_are_not_in_it(self, name: str) -> None:
        assert driver_list().known(name, System.WINDOWS) is None

    def test_the_evidence_is_kept(self) -> None:
        known = driver_list().known("VNPTCA_P11_V8.dll", System.WINDOWS)
        assert known
        assert known.evidence is Evidence.HIGH

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda table: table.update(extra={}),
            lambda table: table.pop("skip"),
            lambda table: table["folders"].pop("macos"),
            lambda table: table["driver"][0].update(evidence="X"),
            lambda table: table["driver"][0].update(kind="other"),
            lambda table: table["driver"][0].update(windos=["a.dll"]),
            lambda table: table["driver"][0].pop("brand"),
            lambda table: table["driver"][0].update(windows=[]),
            lambda table: table["driver"].append(table["driver"][0]),
        ],
    )
    def test_a_mistake_in_it_is_refused(self, spoil: Callable[[dict[str, Any]], object]) -> None:
        table = tomllib.loads(read_text("tokens/drivers.toml"))
        spoil(table)
        with pytest.raises(ValueError, match=r".+"):
            parse_drivers(table)
