"""An invented parcel of land and its certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from samples.generator.people import Person, working_day
from samples.generator.places import Address
from samples.generator.scene import Scene
from samples.generator.wording import number_words

#: Owners who came of age late got their certificate within this time.
_A_MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A parcel as its certificate describes it.

    Attributes:
        tenths: area in tenths of a square metre.
        serial: number printed on the form.
        book: number in the register of certificates.
    """

    owners: tuple[Person, ...]
    place: Address
    parcel: str
    map_sheet: str
    tenths: int
    serial: str
    book: str
    issued: date
    signer: str

    @property
    def area(self) -> str:
        """Area as printed, with a decimal comma."""
        return f"{self.tenths // 10},{self.tenths % 10}"

    @property
    def area_value(self) -> str:
        """Area in square metres with a decimal point."""
        return f"{self.tenths // 10}.{self.tenths % 10}"

    @property
    def area_words(self) -> str:
        """Area in words."""
        whole, tenth = divmod(self.tenths, 10)
        words = number_words(whole) + (f" phẩy {number_words(tenth)}" if tenth else "")
        return f"{words[0].upper()}{words[1:]} mét vuông"


def plot(scene: Scene, owners: tuple[Person, ...]) -> Plot:
    """A residential parcel in the owners' commune."""
    rng = scene.rng
    grown_up = max(owner.born for owner in owners) + timedelta(days=22 * 365)
    return Plot(
        owners=owners,
        place=owners[0].home,
        parcel=str(rng.randint(11, 980)),
        map_sheet=str(rng.randint(2, 78)),
        tenths=rng.randint(620, 3400),
        serial=f"{rng.choice('BCD')}{rng.choice('ABDGKMNP')} {scene.serial(6)}",
        book=f"{rng.choice(('CS', 'CH'))} {rng.randrange(10**5):05d}",
        issued=working_day(
            rng, max(date(2017, 3, 1), grown_up), max(date(2023, 11, 30), grown_up + _A_MONTH)
        ),
        signer=scene.population.official(),
    )
