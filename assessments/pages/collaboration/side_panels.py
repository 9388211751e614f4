"""What is shown beside the questions of a domain: comments, the review, and who answers here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Capability
from assessments.access import AssessmentAccess
from assessments.bank.types import Domain, Question
from assessments.collaboration import (
    Colleague,
    ReviewCounts,
    can_be_reviewed,
    colleagues_on,
    count_reviews,
    discussion_of,
    is_current,
    latest_reviews,
)
from assessments.forms.collaboration import CommentForm, ReviewForm, comment_prefix, review_prefix
from assessments.models import Answer, AnswerReview, Comment, Verdict
from assessments.models.collaboration import COMMENT_LENGTH, REVIEW_NOTE_LENGTH

DiscussionDraft = CommentForm | ReviewForm
"""What a person sent that has an error in it."""


@dataclass(frozen=True, slots=True)
class CommentLine:
    comment: Comment
    asked: str

    @property
    def resolved(self) -> bool:
        return self.comment.resolved_at is not None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """The review that counts, in words. `earlier`: the answer has changed since."""

    who: str
    at: datetime
    agrees: bool
    note: str
    earlier: bool

    @property
    def questions(self) -> bool:
        return not self.agrees and not self.earlier


@dataclass(frozen=True, slots=True)
class QuestionSidePanel:
    """`prefix` and `review_prefix` begin the names of the form's fields; `version` is that of the answer shown.

    `opened` and `review_opened`: shown expanded, because of an error or because a link leads here. `own`: the person
    gave this answer, and so cannot agree with it.
    """

    question: str
    comments: tuple[CommentLine, ...]
    review: ReviewLine | None
    version: int | None
    can_comment: bool
    can_review: bool
    opened: bool
    review_opened: bool
    draft: CommentForm | None
    review_draft: ReviewForm | None
    own: bool = False
    comment_limit: int = COMMENT_LENGTH
    review_limit: int = REVIEW_NOTE_LENGTH

    @property
    def prefix(self) -> str:
        return comment_prefix(self.question)

    @property
    def review_prefix(self) -> str:
        return review_prefix(self.question)

    @property
    def questioned(self) -> bool:
        return self.review is not None and self.review.questions

    @property
    def has_thread(self) -> bool:
        return self.can_comment or bool(self.comments)

    @property
    def is_quiet(self) -> bool:
        """Nothing was said and nobody is about to: all such panels of a page look the same."""
        return not (self.comments or self.review or self.can_review or self.opened or self.draft)

    @property
    def open_count(self) -> int:
        return sum(not line.resolved for line in self.comments)


@dataclass(frozen=True, slots=True)
class DomainCollaboration:
    """`people` (key and name) can be asked; `unreviewed` are the answers without a review, `own` how many of them the
    person gave: "agree with all" leaves those out.
    """

    panels: Mapping[str, QuestionSidePanel]
    people: tuple[tuple[str, str], ...]
    answered_by: str
    reviewed: ReviewCounts | None
    can_comment: bool
    can_review: bool
    unreviewed: tuple[str, ...]
    own: int

    @property
    def to_agree(self) -> int:
        return len(self.unreviewed) - self.own


def domain_collaboration(
    access: AssessmentAccess,
    person: User,
    domain: Domain,
    asked: tuple[Question, ...],
    rows: Mapping[str, Answer],
    *,
    opened: str = "",
    draft: DiscussionDraft | None = None,
) -> DomainCollaboration:
    """Three queries. `opened` is the id of a question whose comments are shown expanded."""
    names = [question.id for question in asked]
    colleagues = colleagues_on(access.assessment, domain.code)
    comments, given = discussion_of(access.assessment, names)
    reviews = latest_reviews(given)
    lines: dict[str, list[CommentLine]] = {name: [] for name in names}
    for comment in comments:
        lines[comment.question].append(comment_line(comment, person))
    found = count_reviews(names, rows, reviews)
    can_review = access.can(Capability.REVIEW)
    panels = {
        name: replace(
            _side_panel(access, name, tuple(lines[name]), reviews.get(name), rows.get(name), opened, draft),
            own=name in rows and rows[name].saved_by_id == person.pk,
        )
        for name in names
    }
    unreviewed = {
        name: each
        for name, each in panels.items()
        if can_review and each.version and (each.review is None or each.review.earlier)
    }
    return DomainCollaboration(
        panels=panels,
        people=tuple((str(user.pk), str(user)) for user in people_to_ask(colleagues, person)),
        answered_by=_answered_by(colleagues, person),
        reviewed=found if can_review or reviews else None,
        can_comment=access.can(Capability.COMMENT),
        can_review=can_review,
        unreviewed=tuple(f"{name}:{each.version}" for name, each in unreviewed.items()),
        own=sum(each.own for each in unreviewed.values()),
    )


def comment_line(comment: Comment, person: User) -> CommentLine:
    return CommentLine(comment, "" if comment.asked is None else _name(comment.asked, person))


def review_line(review: AnswerReview, row: Answer | None) -> ReviewLine:
    """The review in words; `row` is the answer as it is now."""
    return ReviewLine(
        who=_("%(person)s of %(consultancy)s") % {"person": review.by, "consultancy": review.consultancy.name},
        at=review.at,
        agrees=review.verdict == Verdict.AGREES,
        note=review.note,
        earlier=not is_current(review, row),
    )


def people_to_ask(colleagues: tuple[Colleague, ...], person: User) -> tuple[User, ...]:
    """Everyone who may see the run, except the person who asks."""
    return tuple(colleague.user for colleague in colleagues if colleague.user.pk != person.pk)


def _side_panel(
    access: AssessmentAccess,
    question: str,
    comments: tuple[CommentLine, ...],
    review: AnswerReview | None,
    row: Answer | None,
    opened: str,
    draft: DiscussionDraft | None,
) -> QuestionSidePanel:
    mine = draft if draft and draft.question == question else None
    version = row.version if row and can_be_reviewed(row) else None
    return QuestionSidePanel(
        question=question,
        comments=comments,
        review=review_line(review, row) if review else None,
        version=version,
        can_comment=access.can(Capability.COMMENT),
        can_review=version is not None and access.can(Capability.REVIEW),
        opened=opened == question or isinstance(mine, CommentForm),
        review_opened=isinstance(mine, ReviewForm),
        draft=mine if isinstance(mine, CommentForm) else None,
        review_draft=mine if isinstance(mine, ReviewForm) else None,
    )


def _answered_by(colleagues: tuple[Colleague, ...], person: User) -> str:
    for colleague in colleagues:
        if colleague.answers_here and colleague.may_answer:
            return _("Assigned to %(person)s") % {"person": _name(colleague.user, person)}
    return ""


def _name(named: User, person: User) -> str:
    return _("you") if named.pk == person.pk else str(named)
