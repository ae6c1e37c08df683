"""Reviewing: what changed between two revisions, remarks beside paragraphs, who acts next, the trail of the deleted."""
