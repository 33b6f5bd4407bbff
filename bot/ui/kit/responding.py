"""First responses that only the member sees; the JSON of a card that went out before is not made again."""

from typing import Any

import discord
from discord.http import MultipartParameters
from discord.webhook.async_ import async_context, interaction_message_response_params

from bot.ui.kit.desk import Interaction
from bot.ui.kit.kept import Written
from bot.ui.kit.layout import Layout


async def respond(interaction: Interaction, layout: Layout) -> None:
    """Send a message as the first response: what discord.py's `send_message` does, in fewer steps. Raises what it does."""
    response, files, kept = interaction.response, layout.files(), layout.kept
    if kept is None:
        await response.send_message(view=layout, files=files, ephemeral=True)
        return
    if kept.request is None:
        kept.request = _request(interaction, layout, files)
    payload: Any = None
    multipart: list[dict[str, Any]] = []
    if isinstance(kept.request, Written):
        payload = kept.request
    else:
        multipart = [{"name": "payload_json", "value": kept.request}, *map(_part, range(len(files)), files)]
    http = interaction.client.http
    await async_context.get().create_interaction_response(
        interaction.id,
        interaction.token,
        session=interaction._session,  # noqa: SLF001 -- as discord.py's own do, here and below
        proxy=http.proxy,
        proxy_auth=http.proxy_auth,
        params=MultipartParameters(payload, multipart, files),
    )
    response._response_type = discord.InteractionResponseType.channel_message  # noqa: SLF001


def _request(interaction: Interaction, layout: Layout, files: list[discord.File]) -> Written | str:
    params = interaction_message_response_params(
        type=discord.InteractionResponseType.channel_message.value,
        view=layout,
        files=files,
        flags=discord.MessageFlags(ephemeral=True),
        previous_allowed_mentions=interaction.client.allowed_mentions,
    )
    return str(params.multipart[0]["value"]) if params.multipart else Written(params.payload or {})


def _part(number: int, file: discord.File) -> dict[str, Any]:
    """Return a file as discord.py lists it."""
    kind = "application/octet-stream"
    return {"name": f"files[{number}]", "value": file.fp, "filename": file.filename, "content_type": kind}
