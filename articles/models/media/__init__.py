"""The media library. Whether a file is public follows from the articles and pages that use it and is not stored.

Import the models from `articles.models`.
"""
