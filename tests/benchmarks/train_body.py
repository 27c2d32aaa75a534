"""Train the two stages that choose the body's blocks, and write them as Python: newsspider/split/weights.py.

    python tests/benchmarks/train_body.py FOLDER            # measure by five folds over sites
    python tests/benchmarks/train_body.py FOLDER --write    # train on all and write the module

FOLDER holds NAME.warc.gz with pages and NAME.gold.jsonl with a line a page: url, body (paragraphs, a blank
line between), and if there is one dateline and body_with_dateline. Needs scikit-learn and numpy, which the
project itself does not. Pages of a site never stand on both sides of a split, and the first stage's scores
that the second stage learns from come from models that have not seen the site."""

from __future__ import annotations

import argparse
import json
import re
import statistics
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from newsspider.addresses import site
from newsspider.archive import read_records
from newsspider.split.body import threshold
from newsspider.split.features import NAMES, Features, features_of
from newsspider.split.headline import find_headline
from newsspider.split.machine import read_machine
from newsspider.split.region import Net, article_region, linear_scores, net_of
from newsspider.split.table import Page, open_page

SEED = 3
TREES = {
    "n_estimators": 120,
    "max_leaf_nodes": 8,
    "max_depth": None,
    "learning_rate": 0.1,
    "subsample": 0.7,
    "random_state": 0,
}
WORD = re.compile(r"\w+")


@dataclass
class Example:
    name: str
    site: str
    page: Page
    features: Features
    labels: list[int]
    golds: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    examples = [example for path in sorted(options.folder.glob("*.gold.jsonl")) for example in read(path)]
    print(
        f"{len(examples)} pages of {len({e.site for e in examples})} sites, {sum(len(e.labels) for e in examples)} blocks"
    )
    if options.write:
        write(Path(__file__).resolve().parents[2] / "newsspider/split/weights.py", examples)
    else:
        measure(examples)


def read(gold_path: Path) -> list[Example]:
    name = gold_path.name.removesuffix(".gold.jsonl")
    gold = {
        row["url"]: row
        for row in map(json.loads, gold_path.read_text("utf-8").splitlines())
        if row.get("body")
    }
    if not gold:
        return []
    return [
        example(name, r.url, open_page(r.payload, r.url, r.content_type), gold[r.url])
        for r in read_records(gold_path.with_name(f"{name}.warc.gz"))
        if r.url in gold
    ]


def example(name: str, url: str, page: Page, gold: dict[str, Any]) -> Example:
    headline = find_headline(page, read_machine(page, url))
    block = headline.block if headline else None
    features = features_of(page, block, frozenset({page.title, headline.text if headline else ""}))
    golds = [gold["body"], gold.get("body_with_dateline") or gold["body"]]
    dateline = gold.get("dateline") or ""
    whole = golds[1] if plain(dateline) in plain(golds[1]) else f"{dateline} {golds[1]}"
    paragraphs = {plain(line) for text in (*golds, whole) for line in text.split("\n") if line.strip()}
    shingles = shingles_of(whole)
    return Example(
        name, site(url), page, features, [label(b.text, paragraphs, shingles) for b in page.blocks], golds
    )


def label(text: str, paragraphs: set[str], shingles: Counter[Any]) -> int:
    """Whether a block is body: a paragraph of the gold, or, if it is long enough to tell, seven tenths of it
    are.
    """
    words = plain(text)
    if words in paragraphs and words:
        return 1
    if len(words.split()) < 6:
        return 0
    own = shingles_of(text)
    return int(sum((own & shingles).values()) >= 0.7 * sum(own.values()))


def plain(text: str) -> str:
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text)))


def shingles_of(text: str, n: int = 4) -> Counter[Any]:
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)) if words[i : i + n])


def fit_linear(examples: list[Example]) -> list[float]:
    rows = np.array([row for e in examples for row in e.features.rows])
    labels = np.array([value for e in examples for value in e.labels])
    emphasis = np.array([min(3.0, 0.3 + w / 150) for e in examples for w in e.features.weights])
    model = LogisticRegression(C=1, max_iter=3000, fit_intercept=False).fit(
        rows, labels, sample_weight=emphasis
    )
    return [float(value) for value in model.coef_[0]]


def fit_trees(examples: list[Example]) -> GradientBoostingClassifier:
    """The second stage, on scores of first stages that have not seen the site."""
    folds = fold_sites(examples, 3)
    rows: list[list[float]] = []
    labels: list[int] = []
    for fold in range(3):
        weights = fit_linear([e for e in examples if folds[e.site] != fold])
        for e in examples:
            if folds[e.site] == fold and e.page.blocks:
                net = net_for(e, weights)
                rows += net.rows
                labels += [e.labels[i] for i in net.blocks]
    return GradientBoostingClassifier(**TREES).fit(np.array(rows), labels)


def net_for(e: Example, weights: list[float]) -> Net:
    scores = linear_scores(e.features, weights)
    return net_of(e.page, e.features, scores, article_region(e.page, e.features, scores))


def fold_sites(examples: list[Example], count: int) -> dict[str, int]:
    sites = sorted({e.site for e in examples})
    np.random.default_rng(SEED).shuffle(sites)
    return {name: i % count for i, name in enumerate(sites)}


def measure(examples: list[Example]) -> None:
    folds = fold_sites(examples, 5)
    results: dict[str, list[tuple[float, float, bool]]] = {}
    for fold in range(5):
        training = [e for e in examples if folds[e.site] != fold]
        weights, trees = fit_linear(training), fit_trees(training)
        for e in examples:
            if folds[e.site] == fold and e.page.blocks:
                results.setdefault(e.name, []).append(judge(e, net_for(e, weights), trees))
    for name, rows in results.items():
        precision, recall = statistics.mean(r[0] for r in rows), statistics.mean(r[1] for r in rows)
        f1 = 2 * precision * recall / (precision + recall)
        exact = statistics.mean(r[2] for r in rows)
        scores = f"F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}, exact {exact:.3f}"
        print(f"{name}: {len(rows)} pages, {scores}")


def judge(e: Example, net: Net, trees: GradientBoostingClassifier) -> tuple[float, float, bool]:
    chances = [float(p) for p in trees.predict_proba(np.array(net.rows))[:, 1]]
    least = threshold(e.features, net, chances)
    body = "\n\n".join(
        e.page.blocks[i].text for i, chance in zip(net.blocks, chances, strict=True) if chance >= least
    )
    best = max((overlap(gold, body) for gold in e.golds), key=lambda r: r[0] + r[1])
    return (*best, any(WORD.findall(gold) == WORD.findall(body) for gold in e.golds))


def overlap(gold: str, body: str) -> tuple[float, float]:
    a, b = shingles_of(gold), shingles_of(body)
    both = sum((a & b).values())
    return both / max(1, sum(b.values())), both / max(1, sum(a.values()))


# ---- writing -------------------------------------------------------------------------------------
def write(path: Path, examples: list[Example]) -> None:
    weights, trees = fit_linear(examples), fit_trees(examples)
    lines = [
        '"""The two learned stages of choosing the body, written by tests/benchmarks/train_body.py. Not to be edited."""',
        "",
        "from __future__ import annotations",
        "",
        f"# {len(examples)} pages of {len({e.site for e in examples})} sites, seed {SEED}, {TREES}",
        "LINEAR = (",
        *(f"    {weight:.5f},  # {name}" for name, weight in zip(NAMES, weights, strict=True)),
        ")",
        "",
        "",
        "def log_odds(r: list[float]) -> float:",
        '    """The second stage: the sum of its trees over a row of ``region.NET_NAMES``."""',
        f"    s = {initial(trees):.5f}",
    ]
    for (stage,) in trees.estimators_:
        lines.append(f"    s += {tree_code(stage.tree_, 0, trees.learning_rate)}")
    lines.append("    return s")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    check(path, examples, weights, trees)


def initial(trees: GradientBoostingClassifier) -> float:
    prior = float(trees.init_.class_prior_[1])
    return float(np.log(prior / (1 - prior)))


def tree_code(tree: Any, node: int, rate: float) -> str:
    """A tree as nested conditional expressions."""
    if tree.children_left[node] < 0:
        return f"{rate * tree.value[node][0][0]:.4f}"
    yes, no = (
        tree_code(tree, child, rate) for child in (tree.children_left[node], tree.children_right[node])
    )
    return f"({yes} if r[{int(tree.feature[node])}] <= {np.float32(tree.threshold[node]):.6g} else {no})"


def check(
    path: Path, examples: list[Example], weights: list[float], trees: GradientBoostingClassifier
) -> None:
    """The written module says what the trained one says."""
    space: dict[str, Any] = {}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), space)
    worst = 0.0
    for e in examples[:40]:
        net = net_for(e, weights)
        for row, chance in zip(net.rows, trees.predict_proba(np.array(net.rows))[:, 1], strict=True):
            worst = max(worst, abs(1 / (1 + np.exp(-space["log_odds"](row))) - chance))
    print(f"wrote {path}; largest difference from the trained model {worst:.5f}")


if __name__ == "__main__":
    main()
