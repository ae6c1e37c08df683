"""How much memory a value takes: for caches that must not grow beyond a number of bytes."""

from sys import getsizeof

ALLOCATION = 8  # bytes that an allocation takes beside the object itself, on average
SHORT = 8  # characters


def memory_size(value, seen=None):
    """Bytes of a value and of all that it holds, each part counted once, those with their id in `seen` not at all.

    Nothing for small numbers and for words such as "en": the interpreter has each of them once.
    """
    seen = set() if seen is None else seen
    if value is None or id(value) in seen or _is_shared(value):
        return 0
    seen.add(id(value))
    size = getsizeof(value) + ALLOCATION
    if isinstance(value, dict):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        parts = value
    else:
        parts = [getattr(value, name, None) for name in getattr(type(value), "__slots__", ())]
    return size + sum(memory_size(part, seen) for part in parts)


def _is_shared(value):
    return (isinstance(value, int) and -5 <= value <= 256) or (isinstance(value, str) and len(value) <= SHORT)
