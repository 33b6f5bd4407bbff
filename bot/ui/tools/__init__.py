"""What members work something out with: the checklist, their depth, their spot."""
