"""The requirements of a framework library as a tree."""

from collections.abc import Iterator, Mapping, Sequence

from assessments.bank.ciso.library import Requirement


class Tree:
    def __init__(self, nodes: Sequence[Requirement]) -> None:
        self._nodes: Mapping[str, Requirement] = {node.urn: node for node in nodes}
        self._children: dict[str, list[Requirement]] = {}
        for node in nodes:
            self._children.setdefault(node.parent, []).append(node)

    def chapters(self) -> list[Requirement]:
        """The outermost requirements; if one heading contains chapters, the chapters."""
        roots = self._children.get("", [])
        while len(roots) == 1 and not roots[0].assessable:
            below = self._children.get(roots[0].urn, [])
            if not below or any(node.assessable for node in below):
                break
            roots = below
        return roots

    def below(self, root: Requirement) -> Iterator[Requirement]:
        """The requirement and all below it, in order."""
        waiting = [root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(self._children.get(node.urn, []))

    def path(self, node: Requirement, root: Requirement) -> list[str]:
        """What a requirement is nested in, within its chapter."""
        found: list[str] = []
        above = self._nodes.get(node.parent)
        while above and node is not root and above is not root:
            found.insert(0, summary_of(above))
            above = self._nodes.get(above.parent)
        return found


def summary_of(node: Requirement) -> str:
    """The requirement in one line: its name, or the nearest thing to one."""
    asked = (question.text for question in node.questions if question.text)
    line = node.name or node.description or next(asked, "") or node.ref_id or node.urn.rpartition(":")[2]
    return " ".join(line.split())
