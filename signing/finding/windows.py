"""What Windows alone has: its registry, its certificate store, its remote sessions.

Imported on Windows only. Nothing is opened for writing; no key is ever touched, so no window of a
driver can appear.
"""

import ctypes
import sys
import winreg
from collections.abc import Iterator, Sequence
from ctypes import wintypes

assert sys.platform == "win32"  # noqa: S101 - for the type checker; the importer has asked before

CSP = r"SOFTWARE\Microsoft\Cryptography\Defaults\Provider"
KSP = r"SYSTEM\CurrentControlSet\Control\Cryptography\Providers"
KEY_PROVIDER_INFO = 2
"""CERT_KEY_PROV_INFO_PROP_ID"""
REMOTE_SESSION = 0x1000
"""SM_REMOTESESSION"""
MOST_CERTIFICATES = 500


class WindowsRegistry:
    """``places.Registry``."""

    def images(self, provider: str) -> Sequence[str]:
        """Image Path of a CSP; Image of a KSP in user mode, which may stand one key deeper."""
        user_mode = rf"{KSP}\{provider}\UM"
        deeper = (rf"{user_mode}\{name}" for name in _keys(user_mode))
        keys = [(rf"{CSP}\{provider}", "Image Path")]
        keys += [(key, "Image") for key in (user_mode, *deeper)]
        return tuple(value for key, name in keys if (value := _value(key, name)))


def _value(key: str, name: str) -> str:
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return str(winreg.QueryValueEx(opened, name)[0])
    except OSError:
        return ""


def _keys(key: str) -> Sequence[str]:
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return [winreg.EnumKey(opened, each) for each in range(winreg.QueryInfoKey(opened)[0])]
    except OSError:
        return ()


class _KeyProviderInfo(ctypes.Structure):
    """CRYPT_KEY_PROV_INFO."""

    _fields_ = (
        ("container", wintypes.LPWSTR),
        ("provider", wintypes.LPWSTR),
        ("kind", wintypes.DWORD),
        ("flags", wintypes.DWORD),
        ("parameters", wintypes.DWORD),
        ("parameter", ctypes.c_void_p),
        ("key", wintypes.DWORD),
    )


class PersonalCertificates:
    """``places.CertificateStore`` over CurrentUser\\My."""

    def providers(self) -> Sequence[str]:
        library = _certificate_library()
        store = library.CertOpenSystemStoreW(None, "MY")
        if not store:
            return ()
        try:
            return tuple(dict.fromkeys(_providers(library, store)))
        finally:
            library.CertCloseStore(store, 0)


def _certificate_library() -> ctypes.WinDLL:
    library = ctypes.WinDLL("crypt32")
    library.CertOpenSystemStoreW.restype = ctypes.c_void_p
    library.CertOpenSystemStoreW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    library.CertEnumCertificatesInStore.restype = ctypes.c_void_p
    library.CertEnumCertificatesInStore.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    library.CertFreeCertificateContext.argtypes = (ctypes.c_void_p,)
    library.CertCloseStore.argtypes = (ctypes.c_void_p, wintypes.DWORD)
    library.CertGetCertificateContextProperty.argtypes = (
        *(ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p),
        ctypes.POINTER(wintypes.DWORD),
    )
    return library


def _providers(library: ctypes.WinDLL, store: int) -> Iterator[str]:
    context = library.CertEnumCertificatesInStore(store, None)
    for _ in range(MOST_CERTIFICATES):
        if not context:
            return
        provider = _provider(library, context)
        if provider:
            yield provider
        context = library.CertEnumCertificatesInStore(store, context)  # frees the one before
    library.CertFreeCertificateContext(context)


def _provider(library: ctypes.WinDLL, context: int) -> str:
    """Empty for a certificate without a key."""
    size = wintypes.DWORD(0)
    read = library.CertGetCertificateContextProperty
    if not read(context, KEY_PROVIDER_INFO, None, ctypes.byref(size)):
        return ""
    room = ctypes.create_string_buffer(size.value)
    if not read(context, KEY_PROVIDER_INFO, room, ctypes.byref(size)):
        return ""
    return ctypes.cast(room, ctypes.POINTER(_KeyProviderInfo)).contents.provider or ""


def in_remote_session() -> bool:
    """Inside Remote Desktop the smart card service shows the other computer's tokens."""
    return bool(ctypes.windll.user32.GetSystemMetrics(REMOTE_SESSION))
