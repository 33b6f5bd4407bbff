"""How many subcommands /legpress has room for, and which names are taken. Imports nothing: the bot and `check` both need it."""

MOST_SUBCOMMANDS = 25
"""Discord's own limit."""
RESERVED = ("ask", "checklist", "about", "suggest", "my-depth", "warning-signs", "report")
"""Names of /legpress that no topic can take; they count among Discord's 25 subcommands."""
