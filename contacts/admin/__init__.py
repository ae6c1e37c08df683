from . import offices, people, places

__all__ = ["offices", "people", "places"]
