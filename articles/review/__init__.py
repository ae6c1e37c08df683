"""Reviewing: what changed between two revisions, remarks beside paragraphs, who acts next, copies of deleted drafts."""
