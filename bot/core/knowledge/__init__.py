"""Reading knowledge folders.

Import `loader` only where files are read: it brings in pydantic, which is slow to start.
"""
