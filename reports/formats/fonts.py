"""The fonts of the report: Fira Sans, from its wheel."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_fira_sans

FILES = Path(fontpkg_fira_sans.__file__).parent / "files"


@dataclass(frozen=True, slots=True)
class Face:
    name: str
    weight: int
    style: str

    @property
    def path(self) -> Path:
        return FILES / self.name


FACES = (
    Face("FiraSans-Regular.ttf", 400, "normal"),
    Face("FiraSans-SemiBold.ttf", 600, "normal"),
)


@cache
def face_bytes(name: str) -> bytes:
    """The font file of one of FACES."""
    return next(face for face in FACES if face.name == name).path.read_bytes()
