"""The formats of files: detection, conversion, repair, and the metadata that is read or removed."""
