"""The one list of what is done when something is pressed, picked or sent in."""

import ast
import re
from collections.abc import Iterator

import pytest

from bot.client import bot as client
from bot.service import Service
from bot.ui.kit.handlers import Handlers, joined
from bot.ui.registry import HANDLERS, SCREENS
from tests import house
from tests.support.discord_side import Handed

SENT = {
    "buttons": (
        "card depth depthshare explain extras helpful hidehello howteach inbback inbdrop inbdropyes inbfind inbnew inbout inbpage jump "
        "kasks kback kdiff kdoubt kdrop kedit kfinds kfirst kfourth kfull khide khist kjump klist klistfind klook kmine kmore know kpublish "
        "kremove krestore krev ksay ksecond ksource ksure kthird ktry kundo kunpicture kview kvoice more orphdrop orphmove orphnext orphown page "
        "pdelete pdelyes pheed pignore pshow related report revamend revas revdiff revnext revno revours revpage revtheirs revwhynot revyes "
        "setask setbroad setdigest setforget setkeep settings share show sources spot steps suggest teach tick unhelpful week why"
    ),
    "lists": (
        "inbclaim inbopen kcite kfind klistopen klisttopic klistview orphto revclaim setchannels setdays setlog setregion setroles weekclaim"
    ),
    "texts": "ask inbfound jumped kfound kjump kquestions ksourced ktried report revwhynot",
    "forms": "depth kadd kfirst kfourth kreason ksecond kteach kthird suggest",
}
"""What stands in messages already sent. Add to it; nothing is ever taken away."""
MAKERS = {"Press": "buttons", "values_row": "lists", "roles_row": "lists", "channels_row": "lists"}


def _made() -> Iterator[tuple[str, str, str]]:
    """Yield what the screens' code shows: its module, what it is, and its kind, where that stands there as a text."""
    for module in house.files():
        for node in ast.walk(house.tree(module)) if module.startswith("bot.ui.") else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
                kind = node.args[0]
                if isinstance(kind, ast.Constant):
                    yield module, MAKERS[node.func.id], str(kind.value)


@pytest.mark.parametrize("sort", SENT)
def test_what_stands_in_messages_already_sent_still_does_something(sort: str) -> None:
    assert sorted(set(SENT[sort].split()) - set(getattr(HANDLERS, sort))) == []


@pytest.mark.parametrize("sort", SENT)
def test_a_new_kind_is_added_to_what_was_sent(sort: str) -> None:
    assert sorted(set(getattr(HANDLERS, sort)) - set(SENT[sort].split())) == []


def test_each_kind_fits_into_a_custom_id() -> None:
    kinds = {*HANDLERS.buttons, *HANDLERS.lists, *HANDLERS.texts, *HANDLERS.forms}
    assert [kind for kind in kinds if not re.fullmatch("[a-z]{1,12}", kind)] == []


def test_all_that_a_screen_shows_does_something() -> None:
    made = set(_made())
    assert len(made) > 60
    assert sorted(each for each in made if each[2] not in getattr(HANDLERS, each[1])) == []


def test_each_screen_that_names_handlers_is_in_the_registry() -> None:
    naming = {
        module
        for module in house.files()
        if module != "bot.ui.registry"
        for node in house.tree(module).body
        if isinstance(node, ast.Assign)
        if any(isinstance(each, ast.Name) and each.id == "HANDLERS" for each in node.targets)
    }
    assert naming == {screen.__name__ for screen in SCREENS}


def test_what_is_held_back_or_spoken_is_there() -> None:
    assert set(HANDLERS.buttons) >= HANDLERS.held
    assert {*HANDLERS.texts, *HANDLERS.forms} >= HANDLERS.spoken


def test_two_screens_cannot_have_a_kind_in_common() -> None:
    async def act(*_: object) -> None: ...

    with pytest.raises(ValueError, match="buttons: why twice"):
        joined([Handlers(buttons={"why": act}), Handlers(buttons={"why": act})])
    assert set(joined([Handlers(buttons={"why": act}), Handlers(texts={"why": act})]).buttons) == {"why"}


async def test_commands_are_the_same_in_whatever_order_they_are_loaded(
    handed: Handed, fixed_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(bot: client.LegPressBot) -> list[str]:
        return sorted(str(each.to_dict(bot.tree)) for each in bot.tree.walk_commands())

    handed.service = handed.conversations_service = lambda: fixed_service
    usual, turned = handed.bot(), handed.bot()
    await usual.load_commands()
    monkeypatch.setattr(client, "COGS", tuple(reversed(client.COGS)))
    await turned.load_commands()
    assert len(told(usual)) > 30
    assert told(turned) == told(usual)
