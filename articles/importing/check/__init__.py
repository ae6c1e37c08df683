"""Checks the records of a fixture by the rules of the models, before anything is stored."""
