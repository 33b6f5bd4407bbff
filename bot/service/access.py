"""Who may do what in a server, by role."""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import UserError
from bot.sentences import say
from bot.service.server_values import ServerSettings


class Right(StrEnum):
    """What somebody may do."""

    SUGGEST = "suggest"
    EDIT = "edit"
    APPROVE = "approve"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in a server; `manages`: they have Discord's permission Manage Server."""

    id: int
    roles: frozenset[int] = frozenset()
    manages: bool = False


_REFUSED = {
    Right.SUGGEST: say("moderators.access.refused_suggest"),
    Right.EDIT: say("moderators.access.refused_edit"),
    Right.APPROVE: say("moderators.access.refused_approve"),
    Right.ADMIN: say("moderators.access.refused_admin"),
}


def may(settings: ServerSettings, actor: Actor, right: Right) -> bool:
    """Say whether `actor` has a right. Without named roles everybody suggests, and who manages the server does the rest."""
    if actor.manages:
        return True
    if right is Right.SUGGEST:
        return not settings.suggest_roles or bool(actor.roles & settings.suggest_roles)
    if right is Right.EDIT:
        return bool(actor.roles & settings.edit_roles)
    if right is Right.APPROVE:
        return bool(actor.roles & settings.approve_roles)
    return False


def require(settings: ServerSettings, actor: Actor, right: Right) -> None:
    """Raise UserError, saying what is needed, where `actor` lacks a right."""
    if not may(settings, actor, right):
        raise UserError(_REFUSED[right])
