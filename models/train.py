"""Train the judge from data/ alone: `make model` writes vi_kehoach/, the same on every run."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import spacy
import srsly
from examples import Example, held_out, training
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as SpacyExample
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config

from extractor.judge.judge import Judge
from extractor.language.vietnamese import register

HERE = Path(__file__).parent
NAME, VERSION = "vi_kehoach", "0.1.0"


@spacy.registry.readers("kehoach.Questions.v1")
def read_questions(path: str, limit: int) -> Callable[[Language], Iterator[SpacyExample]]:
    """A reader of questions: the words are the tokens, and nothing cuts them again."""

    def read(nlp: Language) -> Iterator[SpacyExample]:
        for e in islice(srsly.read_jsonl(path), limit or None):
            doc = Doc(nlp.vocab, words=e["words"])
            doc.cats = e["cats"]
            yield SpacyExample(Doc(nlp.vocab, words=e["words"]), doc)

    return read


def train(examples: list[Example], folder: Path) -> Language:
    """A pipeline trained on the examples; `folder` holds the questions and the checkpoints."""
    register()
    (folder / "out").mkdir(parents=True, exist_ok=True)
    questions = folder / "questions.jsonl"
    srsly.write_jsonl(questions, ({"words": e.words, "cats": cats(e)} for e in examples))
    config = load_config(HERE / "config.cfg", overrides={"paths.train": str(questions), "paths.dev": str(questions)})
    with open(os.devnull, "w") as quiet:
        train_loop(init_nlp(config), folder / "out", stdout=quiet, stderr=sys.stderr)
    return spacy.load(folder / "out/model-last")  # the averaged weights


def cats(e: Example) -> dict[str, float]:
    """The labels of the classifier that is asked; the other two learn nothing from the question.

    An example without a label says only that its item is no task, or its agency neither leads nor cooperates.
    """
    if not e.label:
        return dict.fromkeys(_REFUSED[e.component], 0.0)
    return {name: float(name == f"{e.component}:{e.label}") for name in LABELS[e.component]}


_REFUSED = {
    "item_kind": ("item_kind:task",),
    "agency_role": ("agency_role:lead", "agency_role:cooperating"),
}


def _labels() -> dict[str, list[str]]:
    config = load_config(HERE / "config.cfg")
    return {name: part["labels"] for name, part in config["initialize"]["components"].items()}


LABELS = _labels()


def describe(nlp: Language) -> None:
    """Fill the meta data, and leave no path of this machine in the configuration."""
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(
        name=NAME.removeprefix("vi_"),  # spaCy puts the language before it
        version=VERSION,
        description="A judge beside the rules of kehoach: kinds of items, roles of agencies, columns of task tables.",
        author="kehoach",
        license="Apache-2.0",
        requirements=["kehoach>=0.1.0"],
        sources=[{"name": "models/data", "author": "kehoach", "license": "Apache-2.0"}],
        performance=held_out_figures(Judge(nlp)),
    )


def held_out_figures(judge: Judge) -> dict[str, dict[str, float | int]]:
    """The share of right answers on the held-out data, by classifier."""
    asked, right = Counter(), Counter()
    for e in held_out():
        asked[e.component] += 1
        right[e.component] += judge.ask(e.component, e.words).label == e.label
    return {name: {"questions": asked[name], "accuracy": round(right[name] / asked[name], 4)} for name in sorted(asked)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=HERE / NAME)
    parser.add_argument("--work", type=Path, default=HERE.parent / "build/model")
    arguments = parser.parse_args()
    examples = training()
    print(f"{len(examples)} questions")
    nlp = train(examples, arguments.work)
    describe(nlp)
    nlp.to_disk(arguments.output)
    print(arguments.output, nlp.meta["performance"])


if __name__ == "__main__":
    main()
