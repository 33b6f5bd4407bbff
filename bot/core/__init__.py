"""Pure thinking: no discord, no database, no clock, no randomness, no await."""
