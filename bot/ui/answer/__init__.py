"""An answer as a message: its card, its buttons, and how it is sent."""
