"""Gradient-boosted trees in numpy for the least absolute error: small, complete, binned.

Meant for tens of thousands of rows and tens of columns. Every tree has the same depth; a leaf holds the
weighted median of what is still unexplained, pulled towards zero, so single wild days move little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

HALF = 0.5


@dataclass(frozen=True)
class Growth:
    """How trees are grown.

    `rows`, `columns`: share of each that a tree sees. `pull`: the share of the tree's mean leaf weight that
    stands at zero in every leaf.
    """

    trees: int = 150
    depth: int = 3
    rate: float = 0.08
    bins: int = 32
    rows: float = 0.5
    columns: float = 0.5
    pull: float = 0.05


def weighted_median(values: FloatArray, weights: FloatArray) -> float:
    """The value (of n ≥ 1) with half of the weight on either side."""
    order = np.argsort(values)
    summed = np.cumsum(weights[order])
    at = int(np.searchsorted(summed, HALF * summed[-1]))
    return float(values[order[min(at, len(values) - 1)]])


class Boosted:
    """A sum of trees over columns (n, k): `edges` (k, bins − 1), `feature` and `cut` (trees, 2^depth − 1) by
    inner node, `leaf` (trees, 2^depth).
    """

    def __init__(self, edges: FloatArray, feature: IntArray, cut: IntArray, leaf: FloatArray) -> None:
        self._edges, self._feature, self._cut, self._leaf = edges, feature, cut, leaf

    def predict(self, columns: FloatArray) -> FloatArray:
        """The sum of all trees for each row (n,)."""
        binned = _binned(columns, self._edges)
        total = np.zeros(len(columns))
        for feature, cut, leaf in zip(self._feature, self._cut, self._leaf, strict=True):
            total += leaf[_leaf_of(binned, feature, cut)]
        return total

    def to_state(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {
            "edges": self._edges.tolist(),
            "feature": self._feature.tolist(),
            "cut": self._cut.tolist(),
            "leaf": self._leaf.tolist(),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Boosted:
        """The trees that `to_state` wrote."""
        return cls(
            np.array(state["edges"], dtype=np.float64),
            np.array(state["feature"], dtype=np.int64),
            np.array(state["cut"], dtype=np.int64),
            np.array(state["leaf"], dtype=np.float64),
        )


def boost(
    columns: FloatArray,
    wanted: FloatArray,
    weights: FloatArray,
    rng: np.random.Generator,
    growth: Growth | None = None,
) -> Boosted:
    """Trees that bring Σ weights × |wanted − predicted| down; `columns` (n, k), `wanted` and `weights` (n,),
    n ≥ 1.
    """
    growth = growth or Growth()
    edges = np.quantile(columns, np.linspace(0, 1, growth.bins + 1)[1:-1], axis=0).T
    binned = _binned(columns, edges)
    count, width = columns.shape
    left = wanted.astype(np.float64)
    grown: list[tuple[IntArray, IntArray, FloatArray]] = []
    for _ in range(growth.trees):
        rows = rng.permutation(count)[: max(1, round(count * growth.rows))]
        some = np.sort(rng.permutation(width)[: max(1, round(width * growth.columns))])
        missed, heavy = left[rows], weights[rows]
        feature, cut = _grow(binned[np.ix_(rows, some)], np.sign(missed) * heavy, heavy, growth)
        feature = some[feature]
        leaf = growth.rate * _leaves(_leaf_of(binned[rows], feature, cut), missed, heavy, growth)
        left -= leaf[_leaf_of(binned, feature, cut)]
        grown.append((feature, cut, leaf))
    feature, cut, leaf = (np.array(part) for part in zip(*grown, strict=True))
    return Boosted(edges, feature, cut, leaf)


def _binned(columns: FloatArray, edges: FloatArray) -> NDArray[np.uint8]:
    """Which bin each value falls into (n, k)."""
    found = [np.searchsorted(edge, column) for edge, column in zip(edges, columns.T, strict=True)]
    return np.stack(found, axis=1).astype(np.uint8)


def _leaf_of(binned: NDArray[np.uint8], feature: IntArray, cut: IntArray) -> IntArray:
    """The leaf (n,) each row ends in, counted from the left."""
    node = np.zeros(len(binned), dtype=np.int64)
    rows = np.arange(len(binned))
    for _ in range((len(feature) + 1).bit_length() - 1):
        node = 2 * node + 1 + (binned[rows, feature[node]] > cut[node])
    return node - len(feature)


def _grow(
    binned: NDArray[np.uint8], slope: FloatArray, weights: FloatArray, growth: Growth
) -> tuple[IntArray, IntArray]:
    """Column and cut of every inner node, level by level: the cut with the greatest Σ slope² ÷ weight."""
    width, bins = binned.shape[1], growth.bins
    inner = 2**growth.depth - 1
    feature, cut = np.zeros(inner, dtype=np.int64), np.full(inner, bins, dtype=np.int64)
    place = binned + np.arange(width) * bins
    node = np.zeros(len(binned), dtype=np.int64)
    pull = growth.pull * float(weights.sum()) / 2**growth.depth
    for level in range(growth.depth):
        nodes = 2**level
        flat = (place + (node * width * bins)[:, None]).ravel()
        shape = (nodes, width, bins)
        slopes, masses = (
            np.bincount(flat, np.repeat(each, width), nodes * width * bins).reshape(shape).cumsum(axis=2)
            for each in (slope, weights)
        )
        gain = slopes**2 / (masses + pull + 1e-12)
        gain += (slopes[..., -1:] - slopes) ** 2 / (masses[..., -1:] - masses + pull + 1e-12)
        best = gain[..., :-1].reshape(nodes, -1).argmax(axis=1)
        first = nodes - 1
        feature[first : first + nodes], cut[first : first + nodes] = best // (bins - 1), best % (bins - 1)
        mine = first + node
        node = 2 * node + (binned[np.arange(len(binned)), feature[mine]] > cut[mine])
    return feature, cut


def _leaves(leaf: IntArray, left: FloatArray, weights: FloatArray, growth: Growth) -> FloatArray:
    """What each leaf adds: the weighted median with a little weight at zero."""
    leaves = 2**growth.depth
    zero = growth.pull * float(weights.sum()) / leaves
    there = [leaf == each for each in range(leaves)]
    return np.array(
        [weighted_median(np.append(left[at], 0.0), np.append(weights[at], zero + 1e-12)) for at in there]
    )
