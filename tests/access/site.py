"""The world of the matrix with something in every room: an open run and a finished one, both of `business`."""

from dataclasses import dataclass

from assessments.models import Assessment
from tests.personas import OWNER, World, make_world
from tests.runs import finished_run, scoped_run


@dataclass(frozen=True)
class Site(World):
    run: Assessment
    finished: Assessment


def make_site() -> Site:
    """The bank must be published."""
    world = make_world()
    owner = world.person(OWNER)
    finished = finished_run(world.business, by=owner).assessment
    return Site(world.business, world.elsewhere, world.people, scoped_run(world.business, by=owner), finished)
