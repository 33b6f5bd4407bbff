"""What every screen is made of: buttons, lists, forms, layouts, pictures, the time that is left, and what goes wrong."""
