"""USB devices as Linux lists them: enough to notice that one came or went."""

from pathlib import Path

from signing.finding.places import Reader

DEVICES = Path("/sys/bus/usb/devices")
MOST_DEVICES = 256


def usb_devices(folder: Path = DEVICES) -> tuple[Reader, ...] | None:
    """Each as its maker's and product's number; None where the system does not say."""
    if not folder.is_dir():
        return None
    found = (_device(each) for each in sorted(folder.iterdir())[:MOST_DEVICES])
    return tuple(device for device in found if device)


def _device(folder: Path) -> Reader | None:
    try:
        maker, product = ((folder / name).read_text().strip() for name in ("idVendor", "idProduct"))
        number = int((folder / "devnum").read_text())
    except (OSError, ValueError):
        return None  # an interface or a hub's port, or pulled out just now
    return Reader(name=f"USB {maker}:{product}", state=number)
