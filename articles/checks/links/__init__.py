"""Checks of links: in the form while somebody writes, and of all public articles every night."""
