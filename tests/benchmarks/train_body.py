"""Train the two stages that choose the body's blocks, and write them as Python: newsspider/split/weights.py.

    python tests/benchmarks/train_body.py FOLDER                  # measure by five folds over sites
    python tests/benchmarks/train_body.py FOLDER --left-out OUT   # records of each page without its site, OUT/NAME.jsonl
    python tests/benchmarks/train_body.py FOLDER --write          # train on all and write the module

FOLDER holds NAME.warc.gz with pages and NAME.gold.jsonl with a line a page: url, and of these what is known:
body (paragraphs, a blank line between), dateline and body_with_dateline; with and without (segments that must
and must not come out); lead (the words that the body opens with). Needs scikit-learn, which the project itself
does not. Pages of a site never stand on both sides of a split, and the first stage's scores that the second
stage learns from come from models that have not seen the site.

Of each page whose whole body is known a second one is made that keeps the first few paragraphs alone: briefs
are rare in such sets and frequent in the news."""

from __future__ import annotations

import argparse
import json
import random
import re
import runpy
import statistics
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from newsspider.addresses import site
from newsspider.archive import read_records
from newsspider.split import body, split_page
from newsspider.split.features import NAMES, Features, features_of
from newsspider.split.headline import find_headline
from newsspider.split.machine import read_machine
from newsspider.split.parse import open_page
from newsspider.split.region import Net, article_region, linear_scores, net_of
from newsspider.split.table import Block, Page
from newsspider.split.trees import Forest

SEED = 3
TREES = {
    "n_estimators": 240,
    "max_leaf_nodes": 8,
    "max_depth": None,
    "max_features": 0.3,
    "min_samples_leaf": 10,
    "learning_rate": 0.06,
    "subsample": 0.7,
    "random_state": 0,
}
WORD = re.compile(r"\w+")


UNKNOWN = -1  # label of a block of which the gold says nothing
BRIEF = 4  # paragraphs that a page made short keeps at most
# How much a block counts in the second stage: of pages known whole, made short, known in pieces.
EMPHASIS = {"whole": 1.0, "brief": 0.3, "pieces": 0.3}


@dataclass
class Example:
    name: str
    site: str
    page: Page
    features: Features
    labels: list[int]
    gold: dict[str, Any]
    sort: str  # whole, brief, pieces


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--left-out", type=Path, metavar="OUT")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    examples = [example for path in sorted(options.folder.glob("*.gold.jsonl")) for example in read(path)]
    print(
        f"{len(examples)} pages of {len({e.site for e in examples})} sites, {sum(len(e.labels) for e in examples)} blocks"
    )
    if options.write:
        write(Path(__file__).resolve().parents[2] / "newsspider/split/weights.py", examples)
    elif options.left_out:
        leave_out(options.folder, options.left_out, examples)
    else:
        measure(examples)


def read(gold_path: Path) -> list[Example]:
    name = gold_path.name.removesuffix(".gold.jsonl")
    known = ("body", "with", "lead")
    rows = map(json.loads, gold_path.read_text("utf-8").splitlines())
    gold = {row["url"]: row for row in rows if any(row.get(key) for key in known)}
    if not gold:
        return []
    chance = random.Random(SEED)
    examples = []
    for r in read_records(gold_path.with_name(f"{name}.warc.gz"), report=lambda error, lost: None):
        if r.url is None or r.url not in gold:
            continue
        page = open_page(r.payload, r.url, r.content_type)
        headline = find_headline(page, read_machine(page, r.url))
        block = headline.block if headline else None
        titles = frozenset({page.title, headline.text if headline else ""})
        labels = LABELS[next(key for key in known if gold[r.url].get(key))](page, gold[r.url], block)
        sort = "whole" if gold[r.url].get("body") else "pieces"
        given = Example(name, site(r.url), page, features_of(page, block, titles), labels, gold[r.url], sort)
        examples.append(given)
        if gold[r.url].get("body"):
            examples.append(shortened(given, block, titles, chance.randint(1, BRIEF)))
    return examples


def shortened(e: Example, title: int | None, titles: frozenset[str], count: int) -> Example:
    """The same page with the first paragraphs of its body alone."""
    body = [i for i, value in enumerate(e.labels) if value == 1]
    gone = set(body[count:])
    kept = [i for i in range(len(e.labels)) if i not in gone]
    page = replace(e.page, blocks=[replace(e.page.blocks[i], number=n) for n, i in enumerate(kept)])
    block = None if title is None or title in gone else kept.index(title)
    text = "\n\n".join(e.page.blocks[i].text for i in body[:count])
    labels = [e.labels[i] for i in kept]
    features = features_of(page, block, titles)
    return Example(f"{e.name}-brief", e.site, page, features, labels, {"body": text}, "brief")


def whole(page: Page, gold: dict[str, Any], title: int | None) -> list[int]:
    """Labels by the whole body: a block is a paragraph of it, or, if long enough to tell, seven tenths are."""
    texts = golds(gold)
    dateline = gold.get("dateline") or ""
    text = texts[1] if plain(dateline) in plain(texts[1]) else f"{dateline} {texts[1]}"
    paragraphs = {plain(line) for one in (*texts, text) for line in one.split("\n") if line.strip()}
    shingles = shingles_of(text)

    def label(block: Block) -> int:
        words = plain(block.text)
        if words in paragraphs and words:
            return 1
        if len(words.split()) < 6:
            return 0
        own = shingles_of(block.text)
        return int(sum((own & shingles).values()) >= 0.7 * sum(own.values()))

    return [label(block) for block in page.blocks]


def golds(gold: dict[str, Any]) -> list[str]:
    return [gold["body"], gold.get("body_with_dateline") or gold["body"]]


def pieces(page: Page, gold: dict[str, Any], title: int | None) -> list[int]:
    """Labels by segments: the block that holds a wanted one is body, one that is little more than an unwanted
    one is none.
    """
    wanted = [plain(text) for text in gold["with"]]
    unwanted = [plain(text) for text in gold["without"]]
    labels = []
    for block in page.blocks:
        words = plain(block.text)
        if any(text and text in words for text in wanted):
            labels.append(1)
        else:
            close = any(text and text in words and len(text) > 0.3 * len(words) for text in unwanted)
            labels.append(0 if close else UNKNOWN)
    return labels


def opening(page: Page, gold: dict[str, Any], title: int | None) -> list[int]:
    """Labels by the first words: what stands between headline and them is no body."""
    lead = plain(gold["lead"])
    places = [
        i
        for i, block in enumerate(page.blocks)
        if i > (title or 0) and lead in plain(block.text)[: len(lead) + 80]
    ]
    if not places:
        return [UNKNOWN] * len(page.blocks)
    first = places[0]
    return [
        1 if i == first else 0 if (first if title is None else title) <= i < first else UNKNOWN
        for i in range(len(page.blocks))
    ]


LABELS = {"body": whole, "with": pieces, "lead": opening}


def plain(text: str) -> str:
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text)))


def shingles_of(text: str, n: int = 4) -> Counter[Any]:
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)) if words[i : i + n])


def fit_linear(examples: list[Example]) -> list[float]:
    """The first stage, on the pages that are known whole."""
    examples = [e for e in examples if e.sort == "whole"]
    rows = np.concatenate([e.features.rows for e in examples])
    labels = np.array([value for e in examples for value in e.labels])
    weights = np.concatenate([e.features.weights for e in examples])
    emphasis = np.minimum(3.0, 0.3 + weights / 150)
    model = LogisticRegression(C=1, max_iter=3000, fit_intercept=False)
    model.fit(rows, labels, sample_weight=emphasis)
    return [float(value) for value in model.coef_[0]]


def fit_trees(examples: list[Example]) -> GradientBoostingClassifier:
    """The second stage, on scores of first stages that have not seen the site."""
    folds = fold_sites(examples, 3)
    rows: list[Any] = []
    labels: list[int] = []
    emphasis: list[float] = []
    for fold in range(3):
        weights = fit_linear([e for e in examples if folds[e.site] != fold])
        for e in examples:
            if folds[e.site] == fold and e.page.blocks:
                net = net_for(e, weights)
                for i, row in zip(net.blocks, net.rows, strict=True):
                    if e.labels[i] != UNKNOWN:
                        rows.append(row)
                        labels.append(e.labels[i])
                        emphasis.append(EMPHASIS[e.sort])
    return GradientBoostingClassifier(**TREES).fit(np.array(rows), labels, sample_weight=emphasis)


def net_for(e: Example, weights: list[float]) -> Net:
    scores = linear_scores(e.features, weights)
    return net_of(e.page, e.features, scores, article_region(e.page, e.features, scores))


def fold_sites(examples: list[Example], count: int) -> dict[str, int]:
    sites = sorted({e.site for e in examples})
    np.random.default_rng(SEED).shuffle(sites)
    return {name: i % count for i, name in enumerate(sites)}


def measure(examples: list[Example]) -> None:
    folds = fold_sites(examples, 5)
    results: dict[str, list[tuple[float, float, float]]] = {}
    for fold in range(5):
        training = [e for e in examples if folds[e.site] != fold]
        weights, trees = fit_linear(training), fit_trees(training)
        for e in examples:
            if folds[e.site] == fold and e.page.blocks:
                results.setdefault(e.name, []).append(judge(e, net_for(e, weights), trees))
    for name, rows in results.items():
        precision, recall = statistics.mean(r[0] for r in rows), statistics.mean(r[1] for r in rows)
        f1 = 2 * precision * recall / max(0.001, precision + recall)
        exact = statistics.mean(r[2] for r in rows)
        scores = f"F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}, exact {exact:.3f}"
        print(f"{name}: {len(rows)} pages, {scores}")


def judge(e: Example, net: Net, trees: GradientBoostingClassifier) -> tuple[float, float, float]:
    """Precision, recall and whether all is right; for segments the shares of unwanted ones left out and of
    wanted ones kept.
    """
    chances = [float(p) for p in trees.predict_proba(net.rows)[:, 1]]
    least = body.threshold(e.features, net, chances)
    text = "\n\n".join(
        e.page.blocks[i].text for i, chance in zip(net.blocks, chances, strict=True) if chance >= least
    )
    if "body" in e.gold:
        best = max((overlap(gold, text) for gold in golds(e.gold)), key=lambda r: r[0] + r[1])
        return (*best, any(WORD.findall(gold) == WORD.findall(text) for gold in golds(e.gold)))
    if "with" in e.gold:
        kept = [piece in text for piece in e.gold["with"]]
        out = [piece not in text for piece in e.gold["without"]]
        return sum(out) / max(1, len(out)), sum(kept) / max(1, len(kept)), all(kept) and all(out)
    opens = float(plain(e.gold["lead"]) in plain(text)[: len(e.gold["lead"]) + 60])
    return opens, opens, opens


def overlap(gold: str, body: str) -> tuple[float, float]:
    a, b = shingles_of(gold), shingles_of(body)
    both = sum((a & b).values())
    return both / max(1, sum(b.values())), both / max(1, sum(a.values()))


def leave_out(folder: Path, out: Path, examples: list[Example]) -> None:
    """Records as the whole splitter makes them, of each page by models that have not seen its site."""
    out.mkdir(parents=True, exist_ok=True)
    folds = fold_sites(examples, 5)
    records: dict[str, list[str]] = {}
    for fold in range(5):
        training = [e for e in examples if folds[e.site] != fold]
        path = out / f"weights{fold}.py"
        write(path, training)
        fitted = runpy.run_path(str(path))
        body.weights.LINEAR, body.FOREST = fitted["LINEAR"], Forest(fitted["START"], fitted["TREES"])
        for gold_path in sorted(folder.glob("*.gold.jsonl")):
            name = gold_path.name.removesuffix(".gold.jsonl")
            for r in read_records(gold_path.with_name(f"{name}.warc.gz")):
                if folds.get(site(r.url or ""), 0) == fold:
                    article = split_page(r.payload, r.url, content_type=r.content_type, fetched_at=r.date)
                    records.setdefault(name, []).append(json.dumps(article.as_dict(), ensure_ascii=False))
    for name, lines in records.items():
        (out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


# ---- writing -------------------------------------------------------------------------------------
def write(path: Path, examples: list[Example]) -> None:
    weights, trees = fit_linear(examples), fit_trees(examples)
    lines = [
        '"""The two learned stages of choosing the body, written by tests/benchmarks/train_body.py. Not to be edited."""',
        "",
        "from __future__ import annotations",
        "",
        "from newsspider.split.trees import Tree",
        "",
        f"# {len(examples)} pages of {len({e.site for e in examples})} sites, seed {SEED}, {TREES}",
        "LINEAR = (",
        *(f"    {weight:.5f},  # {name}" for name, weight in zip(NAMES, weights, strict=True)),
        ")",
        "# The second stage, over the columns of region.NET_NAMES.",
        f"START = {initial(trees):.5f}",
        "TREES: tuple[Tree, ...] = (",
        *(f"    {tree_code(stage.tree_, 0, trees.learning_rate)}," for (stage,) in trees.estimators_),
        ")",
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    check(path, examples, weights, trees)


def initial(trees: GradientBoostingClassifier) -> float:
    prior = float(trees.init_.class_prior_[1])
    return float(np.log(prior / (1 - prior)))


def tree_code(tree: Any, node: int, rate: float) -> str:
    """A tree as ``newsspider.split.trees`` reads it."""
    if tree.children_left[node] < 0:
        return f"{rate * tree.value[node][0][0]:.4f}"
    yes, no = (
        tree_code(tree, child, rate) for child in (tree.children_left[node], tree.children_right[node])
    )
    return f"({int(tree.feature[node])}, {np.float32(tree.threshold[node]):.6g}, {yes}, {no})"


def check(
    path: Path, examples: list[Example], weights: list[float], trees: GradientBoostingClassifier
) -> None:
    """The written module says what the trained one says."""
    space: dict[str, Any] = {}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), space)
    forest, worst = Forest(space["START"], space["TREES"]), 0.0
    for e in examples[:40]:
        net = net_for(e, weights)
        chances = 1 / (1 + np.exp(-forest.log_odds(net.rows)))
        worst = max(worst, *abs(chances - trees.predict_proba(net.rows)[:, 1]))
    print(f"wrote {path}; largest difference from the trained model {worst:.5f}")


if __name__ == "__main__":
    main()
