"""Random templates from the grammar of Jinja2, made so that most of them render."""

from .build import Template, generate
from .tables import FILTERS, METHODS, TESTS

__all__ = ["FILTERS", "METHODS", "TESTS", "Template", "generate"]
