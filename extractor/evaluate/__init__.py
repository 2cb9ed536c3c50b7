"""Predictions against labels that people made: precision, recall and F1 per field and document (docs/evaluate.md)."""

from __future__ import annotations

from extractor.evaluate.folders import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
