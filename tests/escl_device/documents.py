"""The XML documents of an eSCL device, in the vocabulary of the Mopria eSCL specification."""

from __future__ import annotations

from collections.abc import Sequence

_NAMES = 'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
VERSION = "2.63"


def capabilities(formats: Sequence[str], resolutions: Sequence[int]) -> str:
    """A platen and a duplex feeder; areas in 1/300 inch."""
    platen = _input("PlatenInputCaps", 2550, 3508, formats, resolutions)
    simplex = _input("AdfSimplexInputCaps", 2550, 4200, formats, resolutions)
    duplex = _input("AdfDuplexInputCaps", 2550, 4200, formats, resolutions)
    return (
        f"{_HEAD}<scan:ScannerCapabilities {_NAMES}><pwg:Version>{VERSION}</pwg:Version>"
        "<pwg:MakeAndModel>Sohoa Test MFP</pwg:MakeAndModel><pwg:SerialNumber>T0001</pwg:SerialNumber>"
        "<scan:UUID>00000000-0000-4000-8000-000000000001</scan:UUID>"
        f"<scan:Platen>{platen}</scan:Platen>"
        f"<scan:Adf>{simplex}{duplex}<scan:FeederCapacity>200</scan:FeederCapacity>"
        "<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption>"
        "<scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>"
    )


def _input(name: str, width: int, height: int, formats: Sequence[str], resolutions: Sequence[int]) -> str:
    modes = "".join(
        f"<scan:ColorMode>{mode}</scan:ColorMode>" for mode in ("BlackAndWhite1", "Grayscale8", "RGB24")
    )
    files = "".join(
        f"<pwg:DocumentFormat>{each}</pwg:DocumentFormat><scan:DocumentFormatExt>{each}</scan:DocumentFormatExt>"
        for each in formats
    )
    discrete = "".join(
        "<scan:DiscreteResolution>"
        f"<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>"
        "</scan:DiscreteResolution>"
        for dpi in resolutions
    )
    return (
        f"<scan:{name}><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{width}</scan:MaxWidth>"
        f"<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{height}</scan:MaxHeight>"
        "<scan:MaxScanRegions>1</scan:MaxScanRegions>"
        f"<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>{modes}</scan:ColorModes>"
        f"<scan:DocumentFormats>{files}</scan:DocumentFormats>"
        f"<scan:SupportedResolutions><scan:DiscreteResolutions>{discrete}</scan:DiscreteResolutions>"
        "</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
        "<scan:SupportedIntents><scan:Intent>Document</scan:Intent></scan:SupportedIntents>"
        "<scan:MaxOpticalXResolution>600</scan:MaxOpticalXResolution>"
        f"<scan:MaxOpticalYResolution>600</scan:MaxOpticalYResolution></scan:{name}>"
    )


def status(state: str, adf_state: str, jobs: Sequence[tuple[str, str, int]]) -> str:
    """State of the device and of its jobs: address, state, pages delivered."""
    listed = "".join(
        f"<scan:JobInfo><pwg:JobUri>{uri}</pwg:JobUri><pwg:JobUuid>{uri.rpartition('/')[2]}</pwg:JobUuid>"
        f"<scan:Age>1</scan:Age><pwg:ImagesCompleted>{count}</pwg:ImagesCompleted>"
        f"<pwg:JobState>{job_state}</pwg:JobState></scan:JobInfo>"
        for uri, job_state, count in jobs
    )
    return (
        f"{_HEAD}<scan:ScannerStatus {_NAMES}><pwg:Version>{VERSION}</pwg:Version>"
        f"<pwg:State>{state}</pwg:State><scan:AdfState>{adf_state}</scan:AdfState>"
        f"<scan:Jobs>{listed}</scan:Jobs></scan:ScannerStatus>"
    )
